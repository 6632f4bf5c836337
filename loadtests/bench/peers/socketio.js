// Socket.IO with one room; between processes by its Redis adapter where BENCH_REDIS names a port.
const { createServer } = require("node:http");
const { Server } = require("socket.io");

async function adapterOf(port) {
  const { createClient } = require("redis");
  const { createAdapter } = require("@socket.io/redis-adapter");
  const publisher = createClient({ url: `redis://127.0.0.1:${port}` });
  const subscriber = publisher.duplicate();
  await Promise.all([publisher.connect(), subscriber.connect()]);
  return createAdapter(publisher, subscriber);
}

async function main() {
  const http = createServer();
  const io = new Server(http, { transports: ["websocket"], perMessageDeflate: false });
  if (process.env.BENCH_REDIS) io.adapter(await adapterOf(process.env.BENCH_REDIS));
  io.on("connection", (viewer) => {
    viewer.join("viewers");
    viewer.on("chat", (message) => io.to("viewers").emit("chat", message));
  });
  http.listen(Number(process.argv[2]), "127.0.0.1");
}

main();
