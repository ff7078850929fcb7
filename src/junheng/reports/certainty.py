"""How sure a citation is, in words."""

CERTAINTY_WORDS = {
    "found": "见于公开文本",
    "local": "地方做法",
    "derived": "由算术推得",
    "known": "未经核对",
    "third_party": "见于第三方工具",
    "seed": "见于任务文件",
}
