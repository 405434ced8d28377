/** Text as Markdown shows it: nothing in it is markup. */
export function plain(text: string): string {
  return text.replace(/[\\*_<>[\]`|]/g, '\\$&')
}
