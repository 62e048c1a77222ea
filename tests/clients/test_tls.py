"""Encrypted connections: to whom, and to whom not."""

import ssl
from datetime import UTC, datetime, timedelta

import httpcore2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from dovetail.clients import Transport
from dovetail.clients.network import Network
from dovetail.core.errors import Unreachable
from dovetail.testing.servers.faults import FaultServer, Reply
from tests.clients.conftest import ONCE, CoffeeClient


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A file with a key and a certificate for coffee.example that nobody but its owner trusts."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "coffee.example")])
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    now = datetime.now(UTC)
    builder = builder.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName("coffee.example")]), critical=False)
    signed = builder.sign(key, hashes.SHA256())
    file = tmp_path_factory.mktemp("tls") / "coffee.pem"
    key_text = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(key_text + signed.public_bytes(serialization.Encoding.PEM))
    return file


@pytest.fixture
def secure_server(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with FaultServer(tls=context) as server:
        server.plan("/brews", Reply(json=[1]))
        yield server


def client_of(server, *, host, trusting=None):
    context = ssl.create_default_context(cafile=trusting)
    pool = httpcore2.ConnectionPool(ssl_context=context, network_backend=Network(lambda *_: ["127.0.0.1"]))
    port = server.url.rpartition(":")[2]
    return pool, CoffeeClient(base_url=f"https://{host}:{port}", transport=Transport(pool), retry=ONCE)


def test_a_trusted_service_is_called_by_its_name(secure_server, certificate):
    pool, client = client_of(secure_server, host="coffee.example", trusting=certificate)

    with pool:
        assert client.get_json("/brews") == [1]


@pytest.mark.parametrize(("host", "reason"), [("coffee.example", "self-signed"), ("tea.example", "Hostname mismatch")])
def test_a_service_that_cannot_prove_its_name_is_not_called(secure_server, certificate, host, reason):
    trusting = certificate if host == "tea.example" else None
    pool, client = client_of(secure_server, host=host, trusting=trusting)

    with pool, pytest.raises(Unreachable, match=f"no connection could be made .*{reason}"):
        client.get("/brews")

    assert secure_server.seen == []
