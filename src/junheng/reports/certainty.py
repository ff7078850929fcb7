"""How sure a citation is, in words."""

from junheng.basics import Text

CERTAINTY = {
    "found": Text("见于公开文本", "found in the public text"),
    "local": Text("地方做法", "a local practice"),
    "derived": Text("由算术推得", "derived by arithmetic"),
    "known": Text("未经核对", "not checked"),
    "third_party": Text("见于第三方工具", "found in a third party's tool"),
    "seed": Text("见于任务文件", "stands in the task's papers"),
}
CERTAINTY_WORDS = {tag: words.zh for tag, words in CERTAINTY.items()}
