package dev.colophon.cli.complete;

import dev.colophon.cli.frame.Answer;
import dev.colophon.cli.frame.Frame;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.json.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints what teaches a shell to complete the command. */
@Command(
    name = "completion",
    header = "Prints what teaches a shell to complete commands, options and names.",
    description = {
      "Commands, options, runs, steps, flows, models and the parameters of a flow are completed, as they"
          + " are in the home at that moment.",
      "For bash, put the first example into ~/.bashrc; for zsh, the second into ~/.zshrc.",
    },
    footer = {
      "",
      "Examples:",
      "  eval \"$(colophon completion bash)\"",
      "  eval \"$(colophon completion zsh)\""
    })
public final class CompletionCommand implements Callable<Integer> {
  private static final String BASH =
      """
      _colophon() {
        local line="${COMP_LINE:0:COMP_POINT}" word prefix candidate
        word="${line##* }"
        prefix="${word%"${word##*[=:@]}"}"
        COMPREPLY=()
        while IFS= read -r candidate; do
          COMPREPLY+=("${candidate#"$prefix"}")
        done < <("${COMP_WORDS[0]}" complete -- "$line" 2>/dev/null)
      }
      complete -o default -o bashdefault -F _colophon colophon
      """;

  private static final String ZSH =
      """
      _colophon() {
        local -a candidates
        candidates=("${(@f)$(${words[1]} complete -- "${LBUFFER}" 2>/dev/null)}")
        if [[ -n "${candidates[1]}" ]]; then
          compadd -Q -- "${candidates[@]}"
        else
          _files
        fi
      }
      (( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }
      compdef _colophon colophon
      """;

  private final Frame frame;

  @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
  private String shell = "";

  public CompletionCommand(Frame frame) {
    this.frame = frame;
  }

  @Override
  public Integer call() {
    String script =
        switch (shell) {
          case "bash" -> BASH;
          case "zsh" -> ZSH;
          default -> throw new Invalid("shell \"%s\": expected bash or zsh".formatted(shell));
        };
    return frame.answer(
        Answer.of(
            () -> Json.object().put("shell", shell).put("script", script).build(),
            screen -> script.lines().forEach(screen::line)));
  }
}
