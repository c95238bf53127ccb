"""A private certificate authority and a server certificate made by it: what laptops pin at enrolment."""

import ipaddress
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from checkpoint_core.trouble import Trouble
from checkpoint_registry.keys import write_private
from checkpoint_registry.serving import Tls

_AUTHORITY_DAYS, _SERVER_DAYS = 3650, 825


def tls_in(folder: Path) -> Tls:
    """The files that `make_authority` made; Trouble('no-authority') where it has not."""
    tls = Tls(folder / "server.pem", folder / "server.key", folder / "authority.pem")
    if not all(path.is_file() for path in (tls.certificate, tls.key, tls.authority)):
        raise Trouble("no-authority", folder=str(folder))
    return tls


def make_authority(folder: Path, hosts: list[str], now: datetime) -> Tls:
    """An authority and a certificate for `hosts` (names or addresses), in `folder`; Trouble('authority-exists')."""
    if (folder / "authority.pem").exists():
        raise Trouble("authority-exists", folder=str(folder))
    folder.mkdir(parents=True, exist_ok=True)
    ca_key, server_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    authority = _authority(ca_key, now)
    certificate = _server(server_key, hosts, authority, ca_key, now)
    write_private(folder / "authority.key", _pem(ca_key))
    write_private(folder / "server.key", _pem(server_key))
    (folder / "server.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    (folder / "authority.pem").write_bytes(authority.public_bytes(Encoding.PEM))
    return tls_in(folder)


def _authority(key: ec.EllipticCurvePrivateKey, now: datetime) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Checkpoint registry authority")])
    usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
    built = _builder(name, name, key, now, _AUTHORITY_DAYS).add_extension(usage, critical=True)
    return built.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True).sign(key, hashes.SHA256())


def _server(
    key: ec.EllipticCurvePrivateKey,
    hosts: list[str],
    authority: x509.Certificate,
    ca_key: ec.EllipticCurvePrivateKey,
    now: datetime,
) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, hosts[0][:64])])
    signer = x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key())
    built = (
        _builder(name, authority.subject, key, now, _SERVER_DAYS)
        .add_extension(x509.SubjectAlternativeName([_name(host) for host in hosts]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(True, False, False, False, False, False, False, False, False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(signer, critical=False)
    )
    return built.sign(ca_key, hashes.SHA256())


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, now: datetime, days: int
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
