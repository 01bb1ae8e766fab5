"""A dump of any format, record by record, with two threads; what cannot be read is named."""

import io

import dechaff
from dechaff.samples import QUAY


def main() -> None:
    dump = io.BytesIO(b"\n".join([dechaff.Article(dechaff.clean(QUAY).articles[0].to_dict()).to_json().encode(), b'{"id": 8}']))
    for result in dechaff.Cleaner().clean_many(dechaff.records(dump, name="pages.jsonl"), threads=2, errors="yield"):
        if isinstance(result, dechaff.RecordError):
            print("left out:", result)
        else:
            print([article.title for article in result.articles])


if __name__ == "__main__":
    main()
