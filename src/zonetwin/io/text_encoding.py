"""Which encoding bytes are in: UTF-8 where they can be, else GB 18030, as Chinese files without a label are."""

UTF8, GB18030, LATIN = "utf-8", "gb18030", "latin-1"


def decoded(data: bytes, *, labelled: str | None = None) -> tuple[str, str]:
    """Decode bytes and tell the encoding that fitted.

    Args:
        data: The bytes of one line, one cell or one object: files may mix encodings.
        labelled: The encoding the file claims, tried first.
    """
    for encoding in (labelled, UTF8, GB18030):
        if encoding is None:
            continue
        try:
            return data.decode(encoding), encoding
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode(LATIN), LATIN
