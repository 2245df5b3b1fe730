"""The observatory: the archive in the browser.  Pages are HTML that works without scripts; scripts only add to it.

How the parts go together:

- `app.create_app(Options)` makes the application: one open archive (`request.app.state["store"]`), the options
  (`state["options"]`), the routes of `pages.ROUTES` and of `api.ROUTES`, what `security` puts around them.
- A *page* is a function in `pages/NAME.py`, listed in `pages/__init__.py`: it reads its question from the address
  (`query.filters_of`, so that every view has an address that restores it), asks the store, and returns
  `render.page(request, "NAME.html", ...)`.  Pages are plain functions, run in a thread each.
- A *template* in `templates/` extends `base.html` and has at hand what `render.py` gives it: `t("key", n=3)` a message
  of the catalogue, `label(kind, code)` the word for a code, `num`, `date`, `name(code)`, `url(path, **query)`,
  `here(**changes)` this address with another query, `island(…)`.  Forms need no hidden field: `security`
  refuses every write that another site makes a browser send.
  Nothing of an article is ever marked as safe.  No `style=`, no `on…=`, no inline script: the policy forbids them.
- A *message* is a row `key: {ar: …, en: …}` in `messages/*.yaml` (as in `view/data/labels.yaml`); a message with a
  number has plural forms.  A test holds both languages, the placeholders and the use of every key together.
- An *island* is a piece of TypeScript in `/web` built by Vite into `static/built/`; a page leaves its place with
  `{{ island("network", src="/api/network?…") }}`, which becomes
  `<div data-island="network" data-src="…" data-strings="{…}">`, where the strings are the messages whose keys begin
  with `island.` and `island-network.`.  `base.html` loads `static/built/islands.js` and `.css` where they exist.
  Beside it stands the same as a table.
- Two methods on one path need two paths here: Litestar 2.25 wraps a threaded handler twice when the second comes.
- An *API route* in `api.py` answers the same question (same query names) as JSON, from the same function.
- An *export* is `/export/VIEW.FORMAT?…` with the same query again (`pages/export.py`, made by `marsad.export`).
"""
