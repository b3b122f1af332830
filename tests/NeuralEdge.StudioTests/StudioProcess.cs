using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace NeuralEdge.StudioTests;

/// <summary>The command line's studio as a process of its own, with a folder and a home of its own.</summary>
internal sealed class StudioProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Task<string> _errors;

    internal StudioProcess(params string[] arguments)
    {
        Home = Directory.CreateTempSubdirectory("neuraledge-studio-").FullName;
        ProcessStartInfo start = Command(["studio", .. arguments, "--no-browser", "--folder", Folder]);
        _process = Process.Start(start)!;
        _errors = _process.StandardError.ReadToEndAsync();
        string? line = _process.StandardOutput.ReadLineAsync().WaitAsync(Patience).GetAwaiter().GetResult();
        Assert.IsNotNull(line, $"the studio did not start: {(_process.HasExited ? _errors.Result : "")}");
        Address = new Uri(line[line.IndexOf("http", StringComparison.Ordinal)..]);
        Origin = Address.GetLeftPart(UriPartial.Authority);
    }

    internal string Home { get; }

    /// <summary>Where the sessions are.</summary>
    internal string Folder => Path.Combine(Home, "sessions");

    /// <summary>What was printed.</summary>
    internal Uri Address { get; }

    /// <summary>The address without path and token.</summary>
    internal string Origin { get; }

    /// <summary>Processor time that it has used, and bytes of memory that it has.</summary>
    internal (TimeSpan Processor, long Bytes) Usage()
    {
        _process.Refresh();
        return (_process.TotalProcessorTime, _process.WorkingSet64);
    }

    /// <summary>Runs a verb of the same user.</summary>
    internal async Task<(int Code, string Output, string Errors)> Run(params string[] arguments)
    {
        using Process process = Process.Start(Command(arguments))!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await errors);
    }

    /// <summary>A verb of the command line as it was built, ready to start.</summary>
    private ProcessStartInfo Command(IEnumerable<string> arguments)
    {
        DirectoryInfo own = new(AppContext.BaseDirectory);
        string tool = Path.Combine(own.Parent!.Parent!.FullName, "NeuralEdge.Cli", own.Name, "NeuralEdge.Cli.dll");
        ProcessStartInfo start = new("dotnet", [tool, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["HOME"] = Home;
        start.Environment.Remove("XDG_DATA_HOME");
        start.Environment.Remove("NEURALEDGE_PORT");
        return start;
    }

    /// <summary>A client of the studio that follows nothing by itself; with the cookie when it has opened the address.</summary>
    internal HttpClient Client(CookieContainer? cookies = null) => new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies ?? new CookieContainer(), UseProxy = false })
    {
        BaseAddress = new Uri(Origin),
    };

    /// <summary>Presses Ctrl+C.</summary>
    /// <returns>The exit code, and all that came after the address.</returns>
    internal (int Code, string Errors) Interrupt()
    {
        using Process kill = Process.Start("kill", ["-INT", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        Assert.IsTrue(_process.WaitForExit(Patience), "Ctrl+C ends the studio");
        return (_process.ExitCode, _errors.Result);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
        Directory.Delete(Home, recursive: true);
    }
}
