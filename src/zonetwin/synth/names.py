"""Names for what is made up: streets, canals, parks and estates, Chinese with a transcription."""

import numpy as np

_FIRST = "春夏秋晴云霞朝暮清澄碧翠锦绣长永安宁和顺嘉瑞景明文华星月江湖溪泉柳桂兰荷竹松梅枫"
_SECOND = "山水川泽林苑园庭亭桥渡塘湾港浦汀洲原野阳光辉映泰康乐福庆丰盛远达通济仁德信义"


class Names:
    """Gives each name once, in an order that the seed decides."""

    def __init__(self, rng: np.random.Generator) -> None:
        pairs = [first + second for first in _FIRST for second in _SECOND]
        self._stems = [pairs[index] for index in rng.permutation(len(pairs))]
        self._next = 0

    def take(self, ending: str, english: str) -> tuple[str, str]:
        """Give a new name in Chinese and English: `take("路", "Road")` may give 春山路, Chunshan Road."""
        stem = self._stems[self._next % len(self._stems)]
        turn = self._next // len(self._stems)
        self._next += 1
        number = "" if turn == 0 else str(turn + 1)
        return f"{stem}{number}{ending}", f"{transcribed(stem)} {number}{' ' if number else ''}{english}"


def transcribed(text: str) -> str:
    """Write Chinese characters in pinyin as one capitalised word."""
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(text)).capitalize()
