"""Small PDFs for tests: pages of lines, each put in its place."""

import zlib


def make_pdf(*pages, info="", catalog="", trailer="", packed=False):
    """The bytes of a PDF; a page is a list of (x, y, text) in points from the lower left corner of A4, or of what draws it."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
    ]
    for number, page in enumerate(pages):
        resources = "<< /Font << /F1 3 0 R >> >>" if page is not None else "<< /XObject << >> >>"
        place = f"/MediaBox [0 0 595 842] /Resources {resources} /Contents {5 + 2 * number} 0 R"
        objects.append(f"<< /Type /Page /Parent 2 0 R {place} >>")
        objects.append(stream("".join(line if isinstance(line, str) else drawn(*line) for line in page or ()), packed))
    if info:
        objects.append(info)
        trailer += f" /Info {len(objects)} 0 R"
    content, places = b"%PDF-1.4\n", []
    for number, written in enumerate(objects, 1):
        places.append(len(content))
        content += f"{number} 0 obj\n".encode() + (written if isinstance(written, bytes) else written.encode()) + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\n"
    return content + f"{end}startxref\n{len(content)}\n%%EOF".encode()


def drawn(x, y, text, turn="1 0 0 1"):
    for letter in "\\()":
        text = text.replace(letter, "\\" + letter)
    return f"BT /F1 8 Tf {turn} {x} {y} Tm ({text}) Tj ET\n"


def stream(text, packed):
    content = text.encode("cp1252")
    how = ""
    if packed:
        content, how = zlib.compress(content), "/Filter /FlateDecode "
    return f"<< {how}/Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream"


def lines(x, y, *texts):
    """Lines below one another; an empty one leaves a gap."""
    return [(x, y - 12 * number, text) for number, text in enumerate(texts) if text]
