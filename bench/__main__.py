"""All benchmarks, one after the other: ``make bench``.

Each prints ratios against a named rival measured in the same run; absolute figures differ from
machine to machine, and nothing here fails a test.
"""

import asyncio

from bench import alerts, files, page, store, streams

if __name__ == "__main__":
    asyncio.run(store.main(1_000_000))
    asyncio.run(alerts.main(1_000_000))
    files.main(1_000_000)
    streams.main()
    page.main()
