using System.Diagnostics;
using System.Threading.Channels;

namespace NeuralEdge.PlantedDefects;

/// <summary>Runs other programs.</summary>
internal static class Command
{
    /// <summary>What a program writes.</summary>
    public static string Output(string folder, string program, params string[] arguments)
    {
        using Process process = Start(folder, program, arguments);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed:\n{output}{errors.Result}");
    }

    /// <summary>Reads what a program writes, line by line, until somebody has seen enough; then ends it and what it started.</summary>
    /// <param name="folder">Where it runs.</param>
    /// <param name="silence">How long it may write nothing.</param>
    /// <param name="isEnough">Called with each line.</param>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>Its exit code; null when it was ended: by whoever had seen enough, or after the silence.</returns>
    public static int? Watch(string folder, TimeSpan silence, Func<string, bool> isEnough, string program, params string[] arguments)
    {
        using Process process = Start(folder, program, arguments);
        Channel<string?> lines = Channel.CreateUnbounded<string?>();
        process.OutputDataReceived += (_, line) => lines.Writer.TryWrite(line.Data);
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            while (true)
            {
                using CancellationTokenSource tooLong = new(silence);
                string? line = lines.Reader.ReadAsync(tooLong.Token).AsTask().GetAwaiter().GetResult();
                if (line is null)
                {
                    process.WaitForExit();
                    return process.ExitCode;
                }

                if (isEnough(line))
                {
                    return null;
                }
            }
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                process.WaitForExit();
            }
        }
    }

    private static Process Start(string folder, string program, string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} does not start.");
    }
}
