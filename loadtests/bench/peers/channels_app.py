"""Django Channels with its Redis layer: one group, whose members are told by `group_send`.

The capacity is above its default of 100, which a chat of 300 would lose most of.
"""

import os

import django
from channels.generic.websocket import AsyncWebsocketConsumer
from channels.routing import ProtocolTypeRouter, URLRouter
from django.conf import settings
from django.urls import path

GROUP = "viewers"
REDIS = f"redis://127.0.0.1:{os.environ['BENCH_REDIS']}"

settings.configure(
    SECRET_KEY="only for this measurement",
    ALLOWED_HOSTS=["127.0.0.1"],
    INSTALLED_APPS=["channels"],
    CHANNEL_LAYERS={
        "default": {
            "BACKEND": "channels_redis.core.RedisChannelLayer",
            "CONFIG": {"hosts": [REDIS], "capacity": 10_000},
        }
    },
)
django.setup()


class Viewer(AsyncWebsocketConsumer):
    async def connect(self):
        await self.channel_layer.group_add(GROUP, self.channel_name)
        await self.accept()

    async def disconnect(self, code):
        await self.channel_layer.group_discard(GROUP, self.channel_name)

    async def receive(self, text_data=None, bytes_data=None):
        await self.channel_layer.group_send(GROUP, {"type": "said", "text": text_data})

    async def said(self, event):
        await self.send(text_data=event["text"])


application = ProtocolTypeRouter({"websocket": URLRouter([path("ws", Viewer.as_asgi())])})
