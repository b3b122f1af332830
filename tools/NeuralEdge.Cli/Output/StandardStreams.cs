using System.Text;
using Spectre.Console;

namespace NeuralEdge.Cli.Output;

/// <summary>Standard output and standard error of the process.</summary>
internal static class StandardStreams
{
    private static OutputWriter? _output;
    private static OutputWriter? _error;

    /// <summary>A terminal with colours and a cursor that moves.</summary>
    internal static IAnsiConsole Styled
    {
        get
        {
            _output?.IsStyled = true;
            return AnsiConsole.Console;
        }
    }

    /// <summary>Takes both over.</summary>
    internal static void Open()
    {
        _output = Writer(1);
        _error = Writer(2);
        Console.SetOut(_output);
        Console.SetError(_error);
    }

    /// <summary>True when standard output cannot be written any more.</summary>
    internal static bool IsLost => _output?.Loss is not null;

    /// <summary>Ends a verb that only shows something when nobody can see it.</summary>
    /// <exception cref="OutputLostException">Standard output cannot be written any more.</exception>
    internal static void ThrowIfLost()
    {
        if (IsLost)
        {
            throw new OutputLostException();
        }
    }

    /// <summary>What the shell gets: a command whose words were lost has not succeeded.</summary>
    /// <param name="code">How the command ended.</param>
    internal static int ExitCodeOf(int code)
    {
        if (_output is { Loss: string why, ReaderHasGone: false })
        {
            Console.Error.WriteLine($"Cannot write standard output: {why}; send it to a file or a program that takes it.");
        }

        return code == ExitCode.Done && (_output?.Loss ?? _error?.Loss) is not null ? ExitCode.InputRefused : code;
    }

    private static OutputWriter Writer(int descriptor)
    {
        Stream stream = !OperatingSystem.IsWindows() ? new DescriptorStream(descriptor)
            : descriptor == 1 ? Console.OpenStandardOutput() : Console.OpenStandardError();

        // No byte-order mark in front of the text.
        Encoding encoding = Console.OutputEncoding;
        return new OutputWriter(stream, encoding is UTF8Encoding ? new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) : encoding);
    }
}
