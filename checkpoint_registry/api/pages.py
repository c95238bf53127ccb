"""What a person sees who opens the registry in a browser: what it is and what it answers, without others' scripts."""

from html import escape
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Checkpoint registry</title><style>
body{{font:16px/1.5 system-ui,sans-serif;max-width:46em;margin:3em auto;padding:0 1em}}
code{{background:#eee;padding:0 .3em}}h2{{margin-top:2em}}</style>{body}</html>"""
_WELCOME = """<h1>Checkpoint registry</h1><p>The central registry of the traffic checkpoints: it takes the journals of their
laptops in, verifies travellers and publishes zones, watch lists and policy. There is nothing to do here by hand: laptops
speak to it by themselves. <a href="docs">The requests it answers</a>, <a href="v1/health">is it well?</a></p>"""


@router.get("/")
def welcome() -> str:
    return _PAGE.format(body=_WELCOME)


@router.get("/docs")
def documentation(request: Request) -> str:
    paths = request.app.openapi()["paths"]
    told = [_operation(method, path, operation) for path, of in paths.items() for method, operation in of.items()]
    head = '<h1>Requests</h1><p>In full, for programs: <a href="openapi.json">openapi.json</a>.</p>'
    return _PAGE.format(body=head + "".join(told))


def _operation(method: str, path: str, operation: dict[str, Any]) -> str:
    answers = "".join(
        f"<li><code>{escape(status)}</code> {escape(answer['description'])}</li>"
        for status, answer in operation["responses"].items()
    )
    what = escape(operation.get("description", ""))
    return f"<h2><code>{method.upper()} {escape(path)}</code></h2><p>{what}</p><ul>{answers}</ul>"
