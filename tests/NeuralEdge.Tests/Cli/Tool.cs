using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace NeuralEdge.Tests.Cli;

/// <summary>The built tool as a user starts it: a process of its own.</summary>
internal static class Tool
{
    /// <summary>Longer than anything but a hang takes on a busy computer.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>The program that runs .NET assemblies: the one that runs these tests.</summary>
    internal static string DotNet { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path ? path : "dotnet";

    private static string Assembly { get; } = Path.Combine(AppContext.BaseDirectory, "NeuralEdge.Cli.dll");

    /// <summary>Runs the tool to its end.</summary>
    /// <param name="folder">The folder it is run in.</param>
    /// <param name="arguments">The command line after the tool's name.</param>
    internal static ToolResult Run(string folder, params string[] arguments) => Run(DotNet, folder, [Assembly, .. arguments], Patience);

    /// <summary>Runs any program to its end.</summary>
    internal static ToolResult Run(string program, string folder, string[] arguments, TimeSpan patience)
    {
        using Process process = Start(program, folder, arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"Not finished after {patience.TotalSeconds} s: {string.Join(' ', arguments)}");
        }

        return new ToolResult(string.Join(' ', arguments), process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }

    /// <summary>Starts the tool and leaves it running.</summary>
    internal static Process Start(string folder, params string[] arguments) => Start(DotNet, folder, [Assembly, .. arguments]);

    private static Process Start(string program, string folder, string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            UseShellExecute = false,
        };
        Process process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }
}

/// <summary>What a run of the tool left behind.</summary>
/// <param name="Command">The command line, for messages.</param>
/// <param name="ExitCode">What the shell gets.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record ToolResult(string Command, int ExitCode, string Output, string Error)
{
    /// <summary>Claims that it did what was asked.</summary>
    internal ToolResult MustSucceed()
    {
        Assert.AreEqual(0, ExitCode, ToString());
        return this;
    }

    /// <summary>Claims that it failed the way every failure must look, and returns the sentence.</summary>
    internal string MustFail(int exitCode)
    {
        Assert.AreEqual(exitCode, ExitCode, ToString());
        Assert.AreEqual("", Output, ToString());
        string sentence = Error.TrimEnd('\r', '\n');
        Assert.IsGreaterThan(10, sentence.Length, ToString());
        Assert.AreEqual(-1, sentence.IndexOfAny(['\r', '\n']), ToString());
        StringAssert.EndsWith(sentence, ".", ToString());
        Assert.DoesNotContain("   at ", sentence, ToString());
        Assert.DoesNotContain("Exception", sentence, ToString());
        Assert.DoesNotContain("nobody foresaw", sentence, ToString());
        return sentence;
    }

    /// <summary>Claims that standard output is one JSON document and nothing else, and returns it.</summary>
    internal JsonElement Json()
    {
        MustSucceed();
        try
        {
            using JsonDocument document = JsonDocument.Parse(Output);
            return document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw new AssertFailedException($"Not one JSON document ({e.Message}): {this}", e);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"neuraledge {Command}\nexit code {ExitCode}\n--- standard output\n{Output}\n--- standard error\n{Error}";
}
