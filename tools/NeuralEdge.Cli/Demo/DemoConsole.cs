using NeuralEdge.Cli.Output;
using Spectre.Console;

namespace NeuralEdge.Cli.Demo;

/// <summary>What the demo says: headings that stand out in a terminal, plain text in a pipe, nothing when quiet.</summary>
internal sealed class DemoConsole(bool quiet)
{
    private int _step;

    internal bool IsQuiet => quiet;

    internal void Heading(string text)
    {
        if (quiet)
        {
            return;
        }

        _step++;
        Console.Out.WriteLine();
        if (Console.IsOutputRedirected)
        {
            Console.Out.WriteLine($"{_step}. {text}");
        }
        else
        {
            StandardStreams.Styled.MarkupLine($"[bold green]{_step}. {Markup.Escape(text)}[/]");
        }
    }

    internal void Line(string text)
    {
        if (!quiet)
        {
            Console.Out.WriteLine("   " + text);
            StandardStreams.ThrowIfLost();
        }
    }

    internal void End(string text)
    {
        if (!quiet)
        {
            Console.Out.WriteLine();
            Console.Out.WriteLine(text);
        }
    }
}
