"""The reference of the API, made from its OpenAPI description; it needs nothing from elsewhere."""

from __future__ import annotations

from typing import Any

from litestar import get
from litestar.response import Response

from marsad.web.render import AnyRequest, page

Json = dict[str, Any]


@get("/api/reference", sync_to_thread=True, include_in_schema=False)
def reference(request: AnyRequest) -> Response[str]:
    """Every question with its parameters and answer, and every record with its fields."""
    described: Json = request.app.openapi_schema.to_schema()
    operations = [
        {
            "method": method.upper(), "path": path, "summary": operation.get("summary", ""),
            "description": operation.get("description", ""),
            "parameters": [
                {
                    "name": p["name"], "where": p["in"], "required": p.get("required", False),
                    "kind": kind(p.get("schema", {})), "description": p.get("description") or "",
                }
                for p in operation.get("parameters", ())
            ],
            "body": _content(operation.get("requestBody", {})),
            "answer": next((_content(r) for code, r in operation["responses"].items() if code.startswith("2")), ""),
            "problems": [code for code in operation["responses"] if not code.startswith("2")],
        }
        for path, item in sorted(described["paths"].items())
        for method, operation in item.items()
        if path.startswith("/api/")
    ]  # fmt: skip
    schemas: Json = described["components"]["schemas"]
    records = [
        {
            "name": name, "description": schema.get("description", ""),
            "fields": [
                {"name": field, "kind": kind(inner), "required": field in schema.get("required", ())}
                for field, inner in schema.get("properties", {}).items()
            ],
        }
        for name, schema in sorted(schemas.items())
    ]  # fmt: skip
    return page(request, "reference.html", operations=operations, records=records, names=set(schemas))


def _content(part: Json) -> str:
    content = part.get("content", {})
    kinds = [kind(media.get("schema", {})) for media in content.values()]
    if len(content) > 1:
        return " | ".join(content)
    return kinds[0] if kinds else ""


def kind(schema: Json) -> str:
    """A JSON schema in a few words: `string`, `[Span]`, `up | down | null`."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "const" in schema:
        return str(schema["const"])
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    for several in ("oneOf", "anyOf"):
        if several in schema:
            return " | ".join(dict.fromkeys(map(kind, schema[several])))
    if schema.get("type") == "array":
        return f"[{kind(schema.get('items', {}))}]"
    if isinstance(schema.get("additionalProperties"), dict):
        return f"{{string: {kind(schema['additionalProperties'])}}}"
    found = schema.get("type", "any")
    return " | ".join(found) if isinstance(found, list) else str(found)


ROUTES = [reference]
