"""The chat that the shop posts its messages to; it answers by itself."""

from dovetail.clients import Client
from dovetail.testing.transport import FakeTransport

fake = FakeTransport()


class ChatClient(Client):
    """Calls the chat."""

    base_url = "https://chat.example"

    def __init__(self):
        super().__init__(transport=fake)
