"""Blocks: all that an audience may see, laid out in pieces that stay as they are while their records do.

A joiner's state of some two hundred kilobytes differs from that of the one before by a record or two. It is
kept in blocks of a few kilobytes for each kind, oldest change first; a record that changes leaves its block
for the last, and only the two are laid out and compressed anew.

Each block is compressed with the one before it at hand (a deflate dictionary: it stands right before it in
every message), so that together they are hardly longer than in one stream.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from webinar_server.live.telling.codec import Codec, wrap
from webinar_server.live.telling.deflate import DEFLATED, END, piece, stored

FULL = 16 * 1024
"""Bytes of text at which a block takes no more: smaller ones compress less well, larger ones are compressed
for more than what changed. Two of them are in a deflate window."""


class Block:
    """Some records of one kind, by id: named views."""

    __slots__ = ("_after", "_deflated", "_text", "named", "size")

    def __init__(self) -> None:
        self.named: dict[str, bytes] = {}
        self.size = 0
        self._text = self._deflated = b""
        # the text it was compressed behind
        self._after = b""

    def put(self, id: str, named: bytes) -> None:
        self.named[id] = named
        self.size += len(named)
        self._text = b""

    def drop(self, id: str) -> None:
        self.size -= len(self.named.pop(id))
        self._text = b""

    def text(self, between: bytes) -> bytes:
        if not self._text:
            self._text, self._deflated = between.join(self.named.values()), b""
        return self._text

    def deflated(self, between: bytes, after: bytes) -> bytes:
        """As a piece that follows `after`, which is empty for the first of its kind."""
        text = self.text(between)
        if not self._deflated or self._after is not after:
            self._after = after
            self._deflated = piece(between + text if after else text, after)
        return self._deflated


class Blocks:
    """The blocks of one audience in one codec."""

    def __init__(self, codec: Codec) -> None:
        self._codec = codec
        self._kinds: dict[str, list[Block]] = {}
        self._where: dict[tuple[str, str], Block] = {}

    def __contains__(self, key: tuple[str, str]) -> bool:
        return key in self._where

    def put(self, kind: str, id: str, view: bytes) -> None:
        """A record that is new, or looks different."""
        self.drop(kind, id)
        blocks = self._kinds.setdefault(kind, [])
        if not blocks or blocks[-1].size >= FULL:
            blocks.append(Block())
        blocks[-1].put(id, self._codec.named(id, view))
        self._where[kind, id] = blocks[-1]

    def drop(self, kind: str, id: str) -> None:
        block = self._where.pop((kind, id), None)
        if block is None:
            return
        block.drop(id)
        if not block.named:
            self._kinds[kind].remove(block)
            if not self._kinds[kind]:
                del self._kinds[kind]

    def tidy(self) -> None:
        """Lay those of a kind together that have become many small ones."""
        for kind, blocks in self._kinds.items():
            if len(blocks) > 2 + 2 * sum(block.size for block in blocks) // FULL:
                self._lay_anew(kind, blocks)

    def frame(self, head: Mapping[str, Any], deflates: bool) -> bytes:
        """A whole `state` frame of them all."""
        codec = self._codec
        sizes = {kind: sum(len(block.named) for block in blocks) for kind, blocks in self._kinds.items()}
        around = codec.around(head, sizes, {})
        if not deflates:
            return wrap(codec.opcode, b"".join(self._parts(around)))
        return wrap(codec.opcode | DEFLATED, b"".join((*self._deflated(around), END)))

    def _parts(self, around: list[bytes]) -> Iterator[bytes]:
        yield around[0]
        for blocks, after in zip(self._kinds.values(), around[1:], strict=True):
            yield self._codec.between.join(block.text(self._codec.between) for block in blocks)
            yield after

    def _deflated(self, around: list[bytes]) -> Iterator[bytes]:
        between = self._codec.between
        yield stored(around[0])
        for blocks, after in zip(self._kinds.values(), around[1:], strict=True):
            before = b""
            for block in blocks:
                yield block.deflated(between, before)
                before = block.text(between)
            yield stored(after)

    def _lay_anew(self, kind: str, blocks: list[Block]) -> None:
        named = [each for block in blocks for each in block.named.items()]
        blocks[:] = [Block()]
        for id, view in named:
            if blocks[-1].size >= FULL:
                blocks.append(Block())
            blocks[-1].put(id, view)
            self._where[kind, id] = blocks[-1]
