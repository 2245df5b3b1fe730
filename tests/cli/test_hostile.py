"""Everything bad at once, as a user meets it: each thing is named, the good is kept, the archive is whole."""

from __future__ import annotations

import http.server
import json
import os
import random
import resource
import subprocess
import sys
import threading
import zlib
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from marsad.store import open_archive
from tests.cli.test_archive import TEXT, marsad
from tests.ingest.test_sources import BOMB, page, warc

MEGABYTE = b"x" * 1_000_000


class _Handler(http.server.BaseHTTPRequestHandler):
    sent = 0

    def do_GET(self) -> None:
        kind, body = "text/html; charset=utf-8", page(TEXT * 3)
        more: dict[str, str] = {}
        if self.path == "/robots.txt":
            kind, body = "text/plain", b"User-agent: *\nDisallow: /private\n"
        elif self.path == "/bomb":
            kind, body = "application/rss+xml", BOMB.encode()
        elif self.path == "/packed":  # 300 MB of zeros in 300 KB
            packer = zlib.compressobj(9, zlib.DEFLATED, 31)
            body = b"".join(packer.compress(bytes(1_000_000)) for _ in range(300)) + packer.flush()
            more["Content-Encoding"] = "gzip"
        elif self.path == "/loop":
            self.send_response(302)
            self.send_header("Location", "/loop")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        elif self.path == "/big":
            self._stream(200)
            return
        self.send_response(404 if self.path == "/gone" else 200)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **more}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _stream(self, megabytes: int) -> None:
        """A page that never fits: how much of it is taken is counted."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        try:
            for _ in range(megabytes):
                self.wfile.write(MEGABYTE)
                type(self).sent += 1
        except OSError:
            pass

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


def test_bad_addresses(site: str, tmp_path: Path) -> None:
    archive = tmp_path / "a.db"
    bad = {
        "/big": "--max-bytes", "/packed": "--max-bytes", "/bomb": "entities", "/loop": "redirects in a circle",
        "/gone": "404", "/private/a": "robots.txt",
    }  # fmt: skip
    status, out, errors = marsad("add", *(site + path for path in bad), f"{site}/good", "--delay", "0", archive=archive)
    assert status == 2
    assert out.startswith("1 added")
    for path, words in bad.items():
        (line,) = [line for line in errors.splitlines() if f"{site}{path}:" in line]
        assert words in line
    assert _Handler.sent < 40, "of 200 MB no more is taken than the limit"
    assert "Traceback" not in errors
    assert marsad("archive", "check", archive=archive)[0] == 0


def test_bad_files(tmp_path: Path) -> None:
    folder, archive = tmp_path / "in", tmp_path / "a.db"
    folder.mkdir()
    (folder / "loop").symlink_to(folder)
    (folder / "itself.txt").symlink_to(folder / "itself.txt")
    (folder / "a.csv").write_bytes(f"النص;العنوان\n{TEXT};خبر\n".encode("windows-1256"))
    (folder / "b.jsonl").write_text(json.dumps({"text": TEXT * 2}) + '\n{"text": "broken\n', encoding="utf-8")
    (folder / "c.warc").write_bytes(warc([("https://example.org/1", page(TEXT * 4))], False)[:-200])
    packed = warc([(f"https://example.org/{n}", page(TEXT * 5 + os.urandom(2000).hex())) for n in (2, 3)], True)
    (folder / "d.warc.gz").write_bytes(packed[:-900])
    (folder / "e.warc.gz").write_bytes(b"\x1f\x8b" + random.Random(3).randbytes(4000))
    pq.write_table(pa.table({"text": [TEXT * 6] * 2000}), folder / "f.parquet")
    whole = (folder / "f.parquet").read_bytes()
    (folder / "f.parquet").write_bytes(whole[: len(whole) // 2])
    (folder / "g.parquet").write_bytes(whole[:8] + bytes(len(whole) // 2) + whole[8 + len(whole) // 2 :])
    (folder / "h.txt").write_bytes(b"\xff\xfe\x00" + random.Random(4).randbytes(3000))
    (folder / "i.html").write_bytes(MEGABYTE * 25)
    status, _, errors = marsad("add", str(folder), archive=archive)
    assert status == 1
    assert "Traceback" not in errors
    for name in ("b.jsonl, line 2", "c.warc", "d.warc.gz", "e.warc.gz", "f.parquet", "g.parquet", "h.txt", "i.html"):
        assert f"{folder}/{name}" in errors, (name, errors)
    assert "windows-1256" not in errors
    titles = marsad("search", "التجارة", "--csv", archive=archive)[1]
    assert "خبر" in titles
    assert marsad("archive", "check", archive=archive)[0] == 0
    again = marsad("add", str(folder), archive=archive)[1]
    assert again.startswith("0 added"), again
    for path in sorted(folder.glob("[cfi].*")):  # by itself: what is wrong, where, and an exit status
        status, _, errors = marsad("add", str(path), archive=archive)
        assert status == (1 if path.name == "c.warc" else 2)
        assert str(path) in errors
        assert "Traceback" not in errors


def test_exports_onto_a_full_disk_leave_nothing_half(tmp_path: Path) -> None:
    archive, out = tmp_path / "a.db", tmp_path / "out"
    marsad("add", "--examples", archive=archive)
    out.mkdir()
    with open_archive(archive):  # SQLite's own file beside the archive is there already
        for command in (
            ["export", str(out / "x.csv")], ["export", str(out / "x.xlsx")], ["export", str(out / "x.parquet")],
            ["export", str(out / "x.plover")], ["archive", "export", str(out / "p")],
        ):  # fmt: skip
            done = subprocess.run(
                [sys.executable, "-m", "marsad", *command, "--archive", str(archive)], capture_output=True,
                check=False, encoding="utf-8",
                preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000)),
            )  # fmt: skip
            assert done.returncode == 2, (command, done.stderr)
            assert "cannot be written" in done.stderr
            assert "Traceback" not in done.stderr
            assert list(out.iterdir()) == [], command


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of four megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    try:
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "none", folder], check=False, timeout=20)
    except OSError:
        pytest.skip("there is no mount here")
    if mounted.returncode:
        pytest.skip("only root may mount a small disk; the limit on file sizes is tested everywhere")
    yield folder
    subprocess.run(["umount", folder], check=True, timeout=20)


def test_a_disk_that_is_full(small_disk: Path, tmp_path: Path) -> None:
    chance = random.Random(5)
    lines = tmp_path / "a.jsonl"
    words = (TEXT + "النفط الغاز القمح الحديد القطن السكر الخشب النحاس").split()
    rows = [{"text": " ".join([TEXT, *chance.choices(words, k=900)])} for _ in range(600)]
    lines.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    archive = small_disk / "a.db"
    status, _, errors = marsad("add", str(lines), "--jobs", "2", archive=archive)
    assert status == 2
    assert "the disk" in errors
    assert "Traceback" not in errors
    assert marsad("archive", "check", archive=archive)[0] == 0
    kept = json.loads(marsad("stats", "--json", archive=archive)[1])["articles"]
    assert 0 < kept < 600
