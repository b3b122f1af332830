using System.Text;

namespace NeuralEdge.Cli.Completion;

/// <summary>
/// Completion scripts. They have all words in them: a shell that asked the tool at each Tab would wait for .NET to start. Where the words end,
/// files follow, and behind --port the ports.
/// </summary>
internal static class ShellScripts
{
    private const string Port = "--port";

    /// <summary>For bash, to be read at its start.</summary>
    internal static string Bash(IReadOnlyList<CompletedVerb> verbs)
    {
        StringBuilder text = new();
        text.Append("# Completion of neuraledge for bash: neuraledge completion bash >> ~/.bashrc\n_neuraledge() {\n");
        text.Append("    local cur=\"${COMP_WORDS[COMP_CWORD]}\" prev=\"${COMP_WORDS[COMP_CWORD-1]}\" verb=\"${COMP_WORDS[1]}\" options=\"\" words=\"\"\n");
        text.Append("    COMPREPLY=()\n");
        text.Append("    if [ \"$COMP_CWORD\" -eq 1 ]; then\n");
        text.Append($"        COMPREPLY=($(compgen -W \"{Names(verbs)} --help --version\" -- \"$cur\"))\n        return\n    fi\n");
        text.Append("    case \"$verb $prev\" in\n");
        foreach ((CompletedVerb verb, CompletedOption option) in Chosen(verbs))
        {
            text.Append($"        '{verb.Name} {option.Name}') COMPREPLY=($(compgen -W \"{string.Join(' ', option.Values)}\" -- \"$cur\")); return ;;\n");
        }

        text.Append($"        *' {Port}') COMPREPLY=($(compgen -W \"$(ls -d /dev/ttyUSB* /dev/ttyACM* /dev/cu.usb* 2>/dev/null)\" -- \"$cur\") $(compgen -f -- \"$cur\")); return ;;\n");
        text.Append("    esac\n    case \"$verb\" in\n");
        foreach (CompletedVerb verb in verbs)
        {
            text.Append($"        {verb.Name}) options=\"{string.Join(' ', verb.Options.Select(option => option.Name))}\" words=\"{string.Join(' ', verb.Words)}\" ;;\n");
        }

        text.Append("    esac\n");
        text.Append("    if [[ \"$cur\" == -* ]]; then\n        COMPREPLY=($(compgen -W \"$options\" -- \"$cur\"))\n");
        text.Append("    elif [ -n \"$words\" ]; then\n        COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n");
        text.Append("    else\n        COMPREPLY=($(compgen -f -- \"$cur\"))\n    fi\n}\ncomplete -o filenames -F _neuraledge neuraledge\n");
        return text.ToString();
    }

    /// <summary>For zsh, as a file _neuraledge in its fpath, or to be read at its start.</summary>
    internal static string Zsh(IReadOnlyList<CompletedVerb> verbs)
    {
        StringBuilder text = new();
        text.Append("#compdef neuraledge\n# Completion of neuraledge for zsh: neuraledge completion zsh > ~/.zfunc/_neuraledge, with fpath+=~/.zfunc before compinit.\n_neuraledge() {\n");
        text.Append("    local -a verbs options choices\n    verbs=(\n");
        foreach (CompletedVerb verb in verbs)
        {
            text.Append($"        {Quoted($"{verb.Name}:{verb.Description}")}\n");
        }

        text.Append("    )\n    if (( CURRENT == 2 )); then\n        _describe 'verb' verbs\n        return\n    fi\n");
        text.Append("    case \"$words[2] $words[CURRENT-1]\" in\n");
        foreach ((CompletedVerb verb, CompletedOption option) in Chosen(verbs))
        {
            text.Append($"        '{verb.Name} {option.Name}') compadd -- {string.Join(' ', option.Values)}; return ;;\n");
        }

        text.Append($"        *' {Port}') _files -g '/dev/(ttyUSB|ttyACM|cu.usb)*' || _files; return ;;\n");
        text.Append("    esac\n    case \"$words[2]\" in\n");
        foreach (CompletedVerb verb in verbs)
        {
            string options = string.Join(' ', verb.Options.Select(option => Quoted($"{option.Name}:{option.Description}")));
            text.Append($"        {verb.Name}) options=({options}) choices=({string.Join(' ', verb.Words)}) ;;\n");
        }

        text.Append("    esac\n    if [[ \"$words[CURRENT]\" == -* ]]; then\n        _describe 'option' options\n");
        text.Append("    elif (( $#choices )); then\n        compadd -- $choices\n    else\n        _files\n    fi\n}\n");
        text.Append("if [[ \"$funcstack[1]\" == _neuraledge ]]; then\n    _neuraledge \"$@\"\nelse\n    compdef _neuraledge neuraledge\nfi\n");
        return text.ToString();
    }

    /// <summary>For PowerShell, to be put into its profile.</summary>
    internal static string PowerShell(IReadOnlyList<CompletedVerb> verbs)
    {
        StringBuilder text = new();
        text.Append("# Completion of neuraledge for PowerShell: neuraledge completion pwsh >> $PROFILE\n");
        text.Append("Register-ArgumentCompleter -Native -CommandName neuraledge -ScriptBlock {\n    param($wordToComplete, $commandAst, $cursorPosition)\n");
        text.Append("    $verbs = [ordered]@{\n");
        foreach (CompletedVerb verb in verbs)
        {
            text.Append($"        {InPowerShell(verb.Name)} = @{{ text = {InPowerShell(verb.Description)}; words = {List(verb.Words)}; options = {List(verb.Options.Select(option => option.Name))} }}\n");
        }

        text.Append("    }\n    $values = @{\n");
        foreach ((CompletedVerb verb, CompletedOption option) in Chosen(verbs))
        {
            text.Append($"        {InPowerShell($"{verb.Name} {option.Name}")} = {List(option.Values)}\n");
        }

        text.Append("    }\n");
        text.Append("    $words = @($commandAst.CommandElements | ForEach-Object { $_.ToString() })\n");
        text.Append("    $before = $words.Count - $(if ($wordToComplete) { 2 } else { 1 })\n");
        text.Append("    $verb = if ($before -ge 1) { $words[1] } else { '' }\n");
        text.Append("    $found = if ($before -lt 1) { $verbs.Keys }\n");
        text.Append("        elseif ($values.ContainsKey(\"$verb $($words[$before])\")) { $values[\"$verb $($words[$before])\"] }\n");
        text.Append($"        elseif ($words[$before] -eq '{Port}') {{ [System.IO.Ports.SerialPort]::GetPortNames() }}\n");
        text.Append("        elseif ($verbs.Contains($verb)) { $verbs[$verb].words + $verbs[$verb].options }\n");
        text.Append("    $found | Where-Object { $_ -like \"$wordToComplete*\" } | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }\n}\n");
        return text.ToString();
    }

    private static IEnumerable<(CompletedVerb Verb, CompletedOption Option)> Chosen(IReadOnlyList<CompletedVerb> verbs) =>
        verbs.SelectMany(verb => verb.Options.Where(option => option.HasValue && option.Values.Count > 0).Select(option => (verb, option)));

    private static string Names(IReadOnlyList<CompletedVerb> verbs) => string.Join(' ', verbs.Select(verb => verb.Name));

    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string InPowerShell(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string List(IEnumerable<string> words) => $"@({string.Join(", ", words.Select(InPowerShell))})";
}
