using Microsoft.Extensions.Logging;
using NeuralEdge.Conversion.Text;

namespace NeuralEdge.Studio.Hosting;

/// <summary>What the server has to say, on standard error, a line each and without a stack trace; nothing once the studio ends.</summary>
internal sealed class PlainLog : ILoggerProvider
{
    private volatile bool _isSilent;

    /// <summary>Says nothing from now on: pages that are cut off in the middle of something are no news.</summary>
    internal void Silence() => _isSilent = true;

    public ILogger CreateLogger(string categoryName) => new Logger(this);

    public void Dispose() => Silence();

    private sealed class Logger(PlainLog log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning && !log._isSilent;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                string why = exception is null ? "" : $" ({exception.GetType().Name}: {exception.Message})";
                Console.Error.WriteLine(Harmless.Line($"The studio's server: {formatter(state, exception)}{why}"));
            }
        }
    }
}
