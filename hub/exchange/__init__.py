"""Import and export of every subject: one format, one report.

A subject registers what it exchanges from its ``AppConfig.ready``::

    from hub.exchange.registry import registry
    from hub.exchange.subjects import RecordSubject

    registry.register(
        RecordSubject("districts", District, order=20, id_from="number")
    )

What the format looks like and what an import promises stands in ``hub/docs/exchange.md``.
"""
