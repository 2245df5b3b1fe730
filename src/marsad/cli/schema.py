"""`marsad schema`: the JSON Schema of a reading."""

from __future__ import annotations

import json

import click


@click.command()
def command() -> None:
    """Print the JSON Schema of a reading (what `marsad read --json` and `--jsonl` write)."""
    import msgspec

    from marsad.records import Reading

    schema = msgspec.json.schema(Reading)
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Reading", **schema}
    click.echo(json.dumps(schema, ensure_ascii=False, indent=2))
