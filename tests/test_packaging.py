"""The lock files hold what pyproject.toml asks for, and nothing of this machine."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from marsad.version import VERSION

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def names(requirements):
    return {re.split(r"[\s\[<>=!~;]", line)[0].lower().replace("_", "-") for line in requirements}


def locked(file):
    text = (ROOT / file).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)(?:\[[a-z,]+\])?==(\S+)", text, re.M))


def test_everything_is_locked():
    wanted = names(PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["build"])
    assert wanted <= set(locked("requirements.lock")), "run scripts/lock.sh"
    extras = [line for lines in PROJECT["project"].get("optional-dependencies", {}).values() for line in lines]
    wanted |= names(PROJECT["dependency-groups"]["dev"] + extras)
    assert wanted <= set(locked("requirements-dev.lock")), "run scripts/lock.sh"


def test_the_development_lock_holds_the_other():
    assert locked("requirements.lock").items() <= locked("requirements-dev.lock").items()


@pytest.mark.parametrize("file", ["requirements.lock", "requirements-dev.lock"])
def test_locks_are_hashed_and_name_no_host(file):
    text = (ROOT / file).read_text(encoding="utf-8")
    for block in re.split(r"\n(?=\S)", text.strip()):
        assert "--hash=sha256:" in block, block[:60]
    assert "://" not in text
    assert "--index" not in text


def test_scripts_are_executable():
    for name in ("run", "test", ".ci/run", "scripts/lock.sh", "scripts/check_shared.sh"):
        assert (ROOT / name).stat().st_mode & 0o111, name


def test_run_passes_every_command_on():
    from marsad.cli import _COMMANDS

    words = set(re.findall(r"[a-z]+", (ROOT / "run").read_text(encoding="utf-8").partition("case ")[2]))
    assert set(_COMMANDS) <= words


def test_changelog_knows_the_version():
    assert f"## {VERSION}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
