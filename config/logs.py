"""Logging: JSON lines on standard error, one a request (vssid.web.ui.middleware)."""

import logging
import logging.config

import structlog

_LEVELS = {
    # Our middleware tells of it once, without a trace where nothing of ours failed.
    "django.request": "CRITICAL",
    "django.security": "CRITICAL",
    "django.security.csrf": "WARNING",
    "procrastinate": "WARNING",
    "granian": "WARNING",
    "fontTools": "ERROR",
}


def configure(_settings: dict[str, object]) -> None:
    """Standard logging and structlog through one formatter."""
    _look_for_nothing_unsaid()
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "json": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "processor": structlog.processors.JSONRenderer(ensure_ascii=False),
                    "foreign_pre_chain": [*shared, structlog.processors.format_exc_info],
                }
            },
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
            "root": {"handlers": ["stderr"], "level": "INFO"},
            "loggers": {name: {"level": level} for name, level in _LEVELS.items()},
        }
    )
    structlog.configure(
        processors=[
            *shared,
            structlog.processors.format_exc_info,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def _look_for_nothing_unsaid() -> None:
    """No line names a place in the code, a thread or a process: nobody need find them out."""
    logging._srcfile = None  # as Python's logging docs advise
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
