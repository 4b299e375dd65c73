/** `completion bash|zsh`: a script that asks the command itself for the words, so that names of the environment are completed as well. */
import type { Answer, Call, Command, Completion } from '../command.ts';
import { cliError } from '../errors.ts';

const BASH = `# cextfire completion for bash:  source <(cextfire completion bash)
_cextfire() {
  local IFS=$'\\n'
  COMPREPLY=($(compgen -W "$("\${COMP_WORDS[0]}" completion --words "$COMP_CWORD" -- "\${COMP_WORDS[@]:1}" 2>/dev/null)" -- "\${COMP_WORDS[COMP_CWORD]}"))
  [[ \${COMPREPLY[0]} == @files ]] && COMPREPLY=($(compgen -f -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o bashdefault -o default -F _cextfire cextfire
`;

const ZSH = `#compdef cextfire
# cextfire completion for zsh:  source <(cextfire completion zsh)
_cextfire() {
  local -a found
  found=("\${(@f)$("\${words[1]}" completion --words "$((CURRENT - 1))" -- "\${words[@]:1}" 2>/dev/null)}")
  if [[ "\${found[1]}" == @files ]]; then _files; else compadd -a found; fi
}
compdef _cextfire cextfire
`;

export function completion(commands: () => readonly Command[], shared: () => Command['options']) {
  return async (call: Call): Promise<Answer> => {
    const { words } = call.options;
    const [shell, ...rest] = call.arguments;
    if (words !== undefined) {
      const offered = await offer(call, Number(words), [...call.arguments], commands(), shared());
      return { value: offered, text: () => offered.join('\n') };
    }
    if ((shell !== 'bash' && shell !== 'zsh') || rest.length > 0)
      throw cliError('CEXT_CLI_USAGE', `completion for which shell? Write: cextfire completion bash, or zsh`);
    const script = shell === 'bash' ? BASH : ZSH;
    return { value: { shell, script }, text: () => script.trimEnd() };
  };
}

/** What may stand at this place; "@files" leaves it to the shell. */
async function offer(
  call: Call,
  at: number,
  words: readonly string[],
  commands: readonly Command[],
  shared: Command['options'],
): Promise<string[]> {
  const before = words.slice(0, at - 1);
  const current = words[at - 1] ?? '';
  const command = commands.find(({ name }) => before.includes(name));
  const options = [...(command?.options ?? []), ...shared];
  const last = before.at(-1) ?? '';
  const open = options.find(
    ({ name, short, value }) => value !== undefined && (last === `--${name}` || (short !== undefined && last === `-${short}`)),
  );
  if (open) return open.complete ? wordsOf(call, open.complete) : [];
  if (current.startsWith('-')) return options.flatMap(({ name, short }) => [`--${name}`, ...(short ? [`-${short}`] : [])]);
  if (!command) return commands.map(({ name }) => name);
  const given = before.slice(before.indexOf(command.name) + 1).filter((word) => !word.startsWith('-')).length;
  const argument = command.arguments[Math.min(given, command.arguments.length - 1)];
  return argument?.complete ? wordsOf(call, argument.complete) : [];
}

async function wordsOf(call: Call, complete: Completion): Promise<string[]> {
  if (typeof complete !== 'string') return [...complete];
  if (complete === 'file' || complete === 'environment') return ['@files'];
  // Pressing a key must not say why an environment is not reached.
  const settings = await call
    .place()
    .then((place) => place.settings)
    .catch(() => undefined);
  const all = { firewall: settings?.firewalls, cluster: settings?.clusters, manager: settings?.managers }[complete];
  return Object.keys(all ?? {});
}
