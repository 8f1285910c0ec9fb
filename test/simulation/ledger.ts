const WORD = /\bword\d+x\b/g

/**
 * Words that people and programs wrote, each once in a run, and which of them are owed: those that
 * the engine has observed or displaced, and those that were committed. What one program overwrote
 * before the engine could know of it is not owed to anyone.
 */
export class Ledger {
  readonly #owed = new Map<string, string>()
  #count = 0

  /** A word that nobody wrote before. */
  fresh(): string {
    return `word${this.#count++}x`
  }

  /** Every word in `text` is owed from here on, because of what `how` says. */
  owe(text: string, how: string): void {
    for (const [word] of text.matchAll(WORD)) {
      if (!this.#owed.has(word)) this.#owed.set(word, how)
    }
  }

  oweBytes(bytes: Uint8Array, how: string): void {
    this.owe(new TextDecoder().decode(bytes), how)
  }

  /** Owed words that are in none of `texts`, each with how it came to be owed. */
  missingFrom(texts: readonly string[]): readonly string[] {
    const all = texts.join('\n')
    return [...this.#owed].flatMap(([word, how]) =>
      all.includes(word) ? [] : [`${word} (${how})`],
    )
  }
}
