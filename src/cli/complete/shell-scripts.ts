/** Shells for which there is a script. */
export const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const

/** A shell for which there is a script. */
export type Shell = (typeof SHELLS)[number]

const BASH = `# Completion of diptych for bash.
_diptych() {
  local value about listed=()
  COMPREPLY=()
  while IFS=$'\\t' read -r value about; do
    COMPREPLY+=("$value")
    listed+=("$value\${about:+  ($about)}")
  done < <(diptych complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  # Only a list may show what the words mean; what is put in is the word alone.
  if [[ $COMP_TYPE == 63 && \${#COMPREPLY[@]} -gt 1 ]]; then
    COMPREPLY=("\${listed[@]}")
  elif [[ \${#COMPREPLY[@]} == 1 && \${COMPREPLY[0]} == *= ]]; then
    compopt -o nospace
  fi
}
complete -o default -F _diptych diptych
`

const ZSH = `#compdef diptych
# Completion of diptych for zsh.
_diptych() {
  local line value about
  local -a found
  while IFS= read -r line; do
    value=\${line%%$'\\t'*}
    about=\${line#*$'\\t'}
    found+=("\${value//:/\\\\:}:$about")
  done < <(diptych complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)
  if (( \${#found} )); then
    _describe -V diptych found
  else
    _files
  fi
}
if [[ \${funcstack[1]} == _diptych ]]; then
  _diptych "$@"
else
  compdef _diptych diptych
fi
`

const FISH = `# Completion of diptych for fish.
function __diptych_complete
    set -l words (commandline -opc)
    set -l last (commandline -ct)
    set -l found (diptych complete -- $words[2..-1] "$last" 2>/dev/null)
    if test (count $found) -gt 0
        printf '%s\\n' $found
    else
        __fish_complete_path "$last"
    end
end
complete -c diptych -f -k -a '(__diptych_complete)'
`

const POWERSHELL = `# Completion of diptych for PowerShell.
Register-ArgumentCompleter -Native -CommandName diptych -ScriptBlock {
    param($word, $line, $cursor)
    $words = @($line.CommandElements | Where-Object { $_.Extent.StartOffset -lt $cursor } |
        Select-Object -Skip 1 | ForEach-Object { $_.ToString() })
    if ($word -eq '') { $words += '' }
    & diptych complete -- @words 2>$null | ForEach-Object {
        $value, $about = $_ -split "\`t", 2
        if (-not $about) { $about = $value }
        [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $about)
    }
}
`

/** What each shell has to read so that it completes command lines of diptych, by asking \`diptych complete\`. */
export const SCRIPTS: Readonly<Record<Shell, string>> = {
  bash: BASH,
  zsh: ZSH,
  fish: FISH,
  powershell: POWERSHELL,
}

/** How a shell is made to read its script, now and for good. */
export const INSTALLING: Readonly<Record<Shell, string>> = {
  bash: "echo 'source <(diptych completion bash)' >> ~/.bashrc",
  zsh: "echo 'source <(diptych completion zsh)' >> ~/.zshrc    (below compinit)",
  fish: 'diptych completion fish > ~/.config/fish/completions/diptych.fish',
  powershell: 'diptych completion powershell >> $PROFILE',
}
