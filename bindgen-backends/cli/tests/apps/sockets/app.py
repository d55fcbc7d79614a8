import asyncio
import http.client
import http.server
import socket
import threading
import time

from wit_world import exports

LONG = bytes(range(256)) * 4096


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(await reader.read())
    await writer.drain()
    writer.close()


async def ask(port: int, question: bytes) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(question)
    writer.write_eof()
    answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    return answer


async def streams() -> None:
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        questions = [b"first", b"second", LONG]
        answers = await asyncio.gather(*(ask(port, question) for question in questions), asyncio.sleep(0.01))
        print("echoed:", answers == [*questions, None])
        reader, writer = await asyncio.open_connection("localhost", port)
        try:
            async with asyncio.timeout(0.05):
                await reader.read()
        except TimeoutError:
            print("nothing came in time")
            writer.close()


def timeouts() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        accepted, address = server.accept()
        print("same address:", address == client.getsockname(), accepted.getsockname() == client.getpeername())
        client.settimeout(0.02)
        try:
            client.recv(1)
        except TimeoutError as error:
            print("timeout:", error)
        client.setblocking(False)
        try:
            client.recv(1)
        except BlockingIOError as error:
            print("not blocking:", error.strerror)
        with accepted, accepted.makefile("rw", newline="\n") as file:
            client.setblocking(True)
            client.sendall(b"a line\nanother\n")
            client.shutdown(socket.SHUT_WR)
            print(file.readlines())


def errors() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    for attempt in [
        lambda: socket.create_connection(("127.0.0.1", port)),
        lambda: socket.socket().recv(1),
        lambda: socket.socket(type=socket.SOCK_DGRAM),
        lambda: socket.getaddrinfo("no.such.name.invalid", 80),
        lambda: socket.socket().connect("127.0.0.1"),
    ]:
        try:
            attempt()
        except (OSError, TypeError) as error:
            print(type(error).__name__, getattr(error, "strerror", error))
    with socket.socket() as client:
        print(client.connect_ex(("127.0.0.1", port)) != 0, client.family, client.proto)
    print(socket.getaddrinfo("127.0.0.1", "http", type=socket.SOCK_STREAM))


def others_run() -> None:
    """A thread that waits for the network lets others run."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        heard: list[bytes] = []

        def listen() -> None:
            with server.accept()[0] as accepted:
                heard.append(accepted.recv(100))

        thread = threading.Thread(target=listen)
        thread.start()
        time.sleep(0.01)
        with socket.create_connection(server.getsockname()) as client:
            client.send(b"to a thread")
            thread.join()
        print(heard)


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(f"this is {self.path}".encode())

    def log_message(self, format: str, *arguments: object) -> None:
        pass


def pages() -> None:
    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        client = http.client.HTTPConnection("127.0.0.1", server.server_port)
        client.request("GET", "/page")
        response = client.getresponse()
        print(response.status, response.read())
        client.close()
        thread.join()


class Run(exports.Run):
    def run(self) -> None:
        asyncio.run(streams())
        timeouts()
        errors()
        others_run()
        pages()
