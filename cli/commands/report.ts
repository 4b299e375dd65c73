import type { Answer, Call } from '../command.ts';
export async function report(_call: Call): Promise<Answer> {
  return { value: null, text: () => '' };
}
