"""Training tasks: each module names its MODELS and yields instances for them.

`MODELS` maps a model's name to (least number of times a feature must occur, inverse regularisation strength C,
smallest weight that is kept).  `instances(articles)` yields (model name, Instance).
"""
