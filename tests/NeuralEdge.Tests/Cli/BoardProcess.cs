using System.Collections.Concurrent;
using System.Diagnostics;

namespace NeuralEdge.Tests.Cli;

/// <summary><c>neuraledge simulate</c> in a process of its own, at a port of its own.</summary>
internal sealed class BoardProcess : IDisposable
{
    private const string Announcement = "listening on ";
    private readonly Process _process;
    private readonly Task _output;
    private readonly Task<string> _error;
    private readonly ConcurrentQueue<string> _lines = [];

    /// <summary>Starts one and waits until it can be reached.</summary>
    /// <param name="folder">The folder it is run in.</param>
    /// <param name="arguments">What follows <c>simulate</c>.</param>
    internal BoardProcess(string folder, params string[] arguments)
    {
        _process = Tool.Start(folder, ["simulate", .. arguments]);
        _error = _process.StandardError.ReadToEndAsync();
        TaskCompletionSource<string?> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _output = Task.Run(async () =>
        {
            while (await _process.StandardOutput.ReadLineAsync() is string line)
            {
                _lines.Enqueue(line);
                if (line.StartsWith(Announcement, StringComparison.Ordinal))
                {
                    listening.TrySetResult(line[Announcement.Length..]);
                }
            }

            listening.TrySetResult(null);
        });
        string? address = listening.Task.Wait(Tool.Patience) ? listening.Task.Result : null;
        if (address is null)
        {
            Kill();
            Assert.Fail($"The simulated board does not listen: {string.Join('\n', _lines)} {_error.GetAwaiter().GetResult()}");
        }

        Address = address;
    }

    /// <summary>What others give as their <c>--port</c>.</summary>
    internal string Address { get; }

    /// <summary>What it has printed so far.</summary>
    internal IReadOnlyCollection<string> Output => _lines;

    /// <summary>Process id.</summary>
    internal int Id => _process.Id;

    /// <summary>Takes it away at once (SIGKILL): nothing of its own runs any more.</summary>
    internal void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Waits for its end, and returns the exit code and what it wrote to standard error.</summary>
    internal (int ExitCode, string Error) WaitForEnd()
    {
        if (!_process.WaitForExit(Tool.Patience))
        {
            Kill();
            Assert.Fail("The simulated board did not end.");
        }

        _output.GetAwaiter().GetResult();
        return (_process.ExitCode, _error.GetAwaiter().GetResult());
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }
}
