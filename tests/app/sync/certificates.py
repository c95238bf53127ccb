"""Certificate authorities made on the spot, and server contexts under them."""

import ipaddress
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID


class Authority:
    """A CA of its own; `pem` is what a laptop pins."""

    def __init__(self, name: str = "registry") -> None:
        self._key = generate_private_key(SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        self._itself = self._certificate(self._name, self._key, timedelta(days=1), x509.BasicConstraints(True, 0))
        self.pem = self._itself.public_bytes(Encoding.PEM).decode()

    def server(self, folder: Path, address: str = "127.0.0.1", days: int = 1) -> ssl.SSLContext:
        """A server context for `address`, valid until so many days from now (negative: expired)."""
        key = generate_private_key(SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "server")])
        at = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))])
        certificate = self._certificate(name, key, timedelta(days=days), at)
        private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        file = folder / "server.pem"
        file.write_bytes(private + certificate.public_bytes(Encoding.PEM))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context

    def _certificate(
        self, name: x509.Name, key: EllipticCurvePrivateKey, life: timedelta, extension: x509.ExtensionType
    ) -> x509.Certificate:
        end = datetime.now(UTC) + life
        made = x509.CertificateBuilder(self._name, name, key.public_key(), x509.random_serial_number())
        made = made.not_valid_before(end - timedelta(days=30)).not_valid_after(end)
        return made.add_extension(extension, critical=False).sign(self._key, SHA256())
