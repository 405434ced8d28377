# Types a line and a tab into an interactive zsh and prints what it then shows: zsh -f zsh-complete.zsh <script> <line>
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "PS1=; autoload -Uz compinit; compinit -u -d $(mktemp); source $1; zstyle ':completion:*' list-grouped false; LISTMAX=0; COLUMNS=80; print -n ready; print -- -now"
while zpty -r shell line && [[ $line != *ready-now* ]]; do :; done
zpty -w -n shell "$2"$'\t'
sleep 1.5
while zpty -r -t shell line; do print -r -- "$line"; done
zpty -d shell
