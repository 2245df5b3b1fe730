"""Killed, full, read-only, damaged, crowded: an archive comes through whole, or says what is wrong."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from marsad.errors import ArchiveError, ReadOnlyError
from marsad.store import open_archive
from marsad.store.check import faults
from marsad.store.prepare import prepare
from marsad.stored import Filters
from tests.store.samples import all_articles, talks

FILLER = Path(__file__).with_name("filler.py")
KILLS = 30
COUNT = 3000
_CITIES = ["الوادي", "الميناء", "الهضبة", "الساحل", "النهر", "الجسر", "القلعة", "السهل", "البحيرة", "الواحة"]
_GOODS = ["القمح", "النفط", "الحديد", "الغاز", "القطن", "السكر", "الخشب", "النحاس", "الأسمدة", "الأدوية"]


def write_lines(path: Path, count: int) -> None:
    """Short invented articles, every one of them different; each tenth is a new version of an earlier one."""
    chance = random.Random(7)
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            city, good = chance.choice(_CITIES), chance.choice(_GOODS)
            text = (
                f"قال الوزير سالم الراجح إن صادرات {good} عبر {city} بلغت {number} طنا هذا العام. "
                f"وأضاف الراجح أن {chance.choice(_GOODS)} سيصل إلى {chance.choice(_CITIES)} قريبا."
            )
            url = f"https://example.org/{number if number % 10 else number // 20}"
            row = {"text": text, "url": url, "date": f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}", "outlet": city}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def fill(lines: Path, archive: Path, jobs: int = 1, limit: int | None = None) -> subprocess.Popen[bytes]:
    command = [sys.executable, str(FILLER), str(lines), str(archive), str(jobs), *([str(limit)] if limit else [])]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)


def content(archive: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that an archive says, but for the times of addition."""
    with closing(sqlite3.connect(archive)) as database:
        tables = {
            "versions": "n, article, version, url, text_hash, story, current, statements",
            "texts": "n, text, signature",
            "records": "*", "old_records": "*", "codes": "*", "pairs": "*", "entities": "*", "bands": "*",
        }  # fmt: skip
        found = {name: sorted(database.execute(f"SELECT {columns} FROM {name}")) for name, columns in tables.items()}
        words = "SELECT rowid FROM article_words WHERE article_words MATCH ?"
        found["words"] = [tuple(database.execute(words, [word]).fetchall()) for word in ("راجح", "جسر", "نفط")]
        return found


def count_of(archive: Path) -> int:
    if not archive.exists():
        return 0
    try:
        with closing(sqlite3.connect(archive, timeout=5)) as database:
            return int(database.execute("SELECT count(*) FROM versions").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def test_killed_at_any_moment_nothing_is_lost_doubled_or_half(tmp_path: Path) -> None:
    lines, calm, hit = tmp_path / "a.jsonl", tmp_path / "calm.db", tmp_path / "hit.db"
    write_lines(lines, COUNT)
    calm_run = fill(lines, calm)
    chance = random.Random(11)
    for kill in range(KILLS):
        before, jobs = count_of(hit), 1 + (kill % 10 == 9)
        running = fill(lines, hit, jobs)
        # Some die while they start, most in the middle of writing.
        if kill % 6 == 0:
            time.sleep(chance.random())
        else:
            aim = before + chance.randrange(1, 96)
            deadline = time.monotonic() + 60
            while count_of(hit) < aim and running.poll() is None and time.monotonic() < deadline:
                time.sleep(0.002)
            time.sleep(chance.random() * 0.02)
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()
        if hit.exists() and count_of(hit):
            with open_archive(hit, read_only=True) as store:
                assert list(faults(store)) == []  # type: ignore[arg-type]
    assert 0 < count_of(hit) < COUNT
    assert fill(lines, hit).wait() == 0
    assert calm_run.wait() == 0
    assert content(hit) == content(calm)
    assert fill(lines, hit).communicate()[0].split() == [b"0", b"%d" % COUNT]
    assert content(hit) == content(calm)


def test_a_full_disk_says_so_and_the_archive_goes_on_later(tmp_path: Path) -> None:
    lines, archive, calm = tmp_path / "a.jsonl", tmp_path / "a.db", tmp_path / "calm.db"
    write_lines(lines, 600)
    for limit in (20_000, 600_000, 1_500_000):
        running = fill(lines, archive, 1, limit)
        _, errors = running.communicate()
        assert running.returncode == 2, errors
        assert b"a.db: the disk" in errors
        assert b"Traceback" not in errors
    with open_archive(archive) as store:
        assert list(faults(store)) == []  # type: ignore[arg-type]
    assert fill(lines, archive).wait() == 0
    assert fill(lines, calm).wait() == 0
    assert content(archive) == content(calm)


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="cannot be written or opened"):
        open_archive(tmp_path / "none" / "a.db")
    folder = Path(tempfile.mkdtemp(dir="/tmp"))
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    try:
        with open_archive(folder / "a.db") as store:
            store.put([prepare(*talks())])
        for name in os.listdir(folder):
            (folder / name).chmod(0o444)
        folder.chmod(0o555)
        if root:
            os.seteuid(65534)
        try:
            with pytest.raises(ArchiveError, match="cannot be written"), open_archive(folder / "a.db") as store:
                store.put([prepare(article, reading) for article, reading in all_articles()])
            with pytest.raises(ArchiveError):
                open_archive(folder / "new.db")
            with open_archive(folder / "a.db", read_only=True) as store:
                assert store.stats().articles == 1
        finally:
            if root:
                os.seteuid(0)
    finally:
        folder.chmod(0o755)
        for name in os.listdir(folder):
            (folder / name).unlink()
        folder.rmdir()


def test_what_is_no_archive_is_refused_and_left_alone(tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("ملاحظات " * 500, encoding="utf-8")
    with pytest.raises(ArchiveError, match="no database"):
        open_archive(text)
    assert text.read_text(encoding="utf-8") == "ملاحظات " * 500
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as database:
        database.execute("CREATE TABLE mine(a)")
    with pytest.raises(ArchiveError, match="no Marsad archive"):
        open_archive(other)
    with pytest.raises(ArchiveError, match="marsad add"):
        open_archive(tmp_path / "absent.db", read_only=True)
    assert not (tmp_path / "absent.db").exists()
    with open_archive(tmp_path / "future.db") as store:
        store.execute("UPDATE meta SET value = '99' WHERE key = 'schema'")  # type: ignore[attr-defined]
    with pytest.raises(ArchiveError, match="version 99"):
        open_archive(tmp_path / "future.db")


def test_a_damaged_archive_gives_errors_not_wrong_answers(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with open_archive(path) as store:
        store.put([prepare(article, reading) for article, reading in all_articles()])
    data = bytearray(path.read_bytes())
    data[8192 * 3 :] = random.Random(1).randbytes(len(data) - 8192 * 3)
    path.write_bytes(data)


    def ask() -> None:
        with open_archive(path) as store:
            assert list(faults(store)) == []  # type: ignore[arg-type]
            store.search("روسيا")

    with pytest.raises(ArchiveError):
        ask()


def test_a_reader_sees_no_half_article_and_writers_wait_for_each_other(tmp_path: Path) -> None:
    archive = tmp_path / "a.db"
    lines = [tmp_path / "0.jsonl", tmp_path / "1.jsonl"]
    for at, path in enumerate(lines):
        write_lines(path, 600 + 200 * at)
    running = [fill(path, archive) for path in lines]
    errors: list[BaseException] = []

    def read() -> None:
        try:
            while any(process.poll() is None for process in running):
                if count_of(archive):
                    with open_archive(archive, read_only=True) as store:
                        for stored in store.articles(limit=5).items:
                            reading = store.reading(stored.id)
                            assert reading is not None
                            assert len(reading.reading.statements) == reading.info.statements
        except BaseException as error:
            errors.append(error)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for process in running:
        _, said = process.communicate()
        assert process.returncode == 0, said
    for reader in readers:
        reader.join()
    assert errors == []
    with open_archive(archive) as store:
        assert list(faults(store)) == []  # type: ignore[arg-type]
        assert store.stats().articles > 700


def test_one_store_serves_many_threads(tmp_path: Path) -> None:
    errors: list[BaseException] = []
    with open_archive(tmp_path / "a.db") as store:

        def work(number: int) -> None:
            try:
                for article, reading in all_articles():
                    store.put([prepare(article, reading)])
                    store.search("روسيا")
                    store.records(Filters(actors=("RUS",)))
                    store.put_note("k", str(number), {"n": number})
            except BaseException as error:
                errors.append(error)

        threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert errors == []
        assert store.stats().articles == 4
        assert len(store.notes("k", history=True)) == 32
        assert list(faults(store)) == []  # type: ignore[arg-type]


def test_read_only_means_read_only(tmp_path: Path) -> None:
    with open_archive(tmp_path / "a.db") as store:
        store.put([prepare(*talks())])
    with open_archive(tmp_path / "a.db", read_only=True) as store:
        with pytest.raises(ReadOnlyError):
            store.put([prepare(*talks())])
        with pytest.raises(ReadOnlyError):
            store.drop_feed("x")
        assert store.search("روسيا").total == 1


def test_packing_clears_up_after_one_that_was_killed(tmp_path: Path) -> None:
    from marsad.store.pack import pack

    with open_archive(tmp_path / "a.db") as store:
        store.put([prepare(*talks())])
        pack(store, tmp_path / "p")  # type: ignore[arg-type]
        (tmp_path / "p").rename(tmp_path / "p.99999999.old")  # killed between the two renamings
        (tmp_path / "p.99999999.part").mkdir()
        (tmp_path / "p.notes").mkdir()
        pack(store, tmp_path / "p")  # type: ignore[arg-type]
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_dir()) == ["p", "p.notes"]


def test_a_packed_archive_with_a_missing_or_cut_file(tmp_path: Path) -> None:
    from marsad.store.pack import pack

    with open_archive(tmp_path / "a.db") as store:
        store.put([prepare(*talks())])
        pack(store, tmp_path / "p")  # type: ignore[arg-type]
        with pytest.raises(ArchiveError, match="something else"):
            pack(store, tmp_path)  # type: ignore[arg-type]
        pack(store, tmp_path / "p")  # type: ignore[arg-type]  # an older one is replaced
    assert not list(tmp_path.glob("*.part"))
    (file,) = (tmp_path / "p" / "records").glob("*/*.parquet")
    data = file.read_bytes()
    file.write_bytes(data[:-20])
    with pytest.raises(ArchiveError, match="another size"):
        open_archive(tmp_path / "p")
    file.write_bytes(b"x" * len(data))
    with pytest.raises(ArchiveError, match="damaged"):
        open_archive(tmp_path / "p")
    (tmp_path / "p" / "manifest.json").write_text("{")
    with pytest.raises(ArchiveError, match="cannot be read"):
        open_archive(tmp_path / "p")
