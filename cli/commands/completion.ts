/** `completion bash|zsh`: a script that asks the command itself for the words, so that names of the environment are completed as well. */
import { fileURLToPath } from 'node:url';
import { candidates } from '../candidates.ts';
import type { Answer, Call, Command, Option } from '../command.ts';
import { cliError } from '../errors.ts';

/** By its path: what completes must be the command that was asked for the script, whatever name or alias it goes by. */
const PROGRAM = `'${fileURLToPath(new URL('../cextfire.js', import.meta.url)).replaceAll("'", "'\\''")}'`;

// No compgen -W: it expands its words, and some of them are written by whoever may write policies.
const BASH = `# cextfire completion for bash:  source <(cextfire completion bash)
_cextfire() {
  local current=\${COMP_WORDS[COMP_CWORD]} word
  [[ $current == = ]] && current=
  COMPREPLY=()
  while IFS= read -r word; do
    if [[ $word == @files ]]; then
      compopt -o filenames 2>/dev/null
      while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -f -- "$current")
    elif [[ $word == "$current"* ]]; then
      COMPREPLY+=("$word")
    fi
  done < <(${PROGRAM} completion --words "$COMP_CWORD" -- "\${COMP_WORDS[@]:1}" 2>/dev/null)
}
complete -F _cextfire cextfire cextfire.js
`;

const ZSH = `#compdef cextfire cextfire.js
# cextfire completion for zsh:  source <(cextfire completion zsh)
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
_cextfire() {
  local -a found
  found=("\${(@f)$(${PROGRAM} completion --words "$((CURRENT - 1))" -- "\${words[@]:1}" 2>/dev/null)}")
  [[ $words[CURRENT] == --*=* ]] && compset -P '*='
  (( \${found[(Ie)@files]} )) && _files
  found=("\${(@)found:#(@files|)}")
  compadd -a found
}
compdef _cextfire cextfire cextfire.js
`;

export function completion(commands: () => readonly Command[], shared: () => readonly Option[]) {
  return async (call: Call): Promise<Answer> => {
    const { words } = call.options;
    const [shell, ...rest] = call.arguments;
    if (words !== undefined) {
      const offered = await candidates(call, Number(words), call.arguments, commands(), shared());
      return { value: offered, text: () => offered.join('\n') };
    }
    if ((shell !== 'bash' && shell !== 'zsh') || rest.length > 0)
      throw cliError('CEXT_CLI_USAGE', `completion for which shell? Write: cextfire completion bash, or zsh`);
    const script = shell === 'bash' ? BASH : ZSH;
    return { value: { shell, script }, text: () => script.trimEnd() };
  };
}
