using Spectre.Console;

namespace NeuralEdge.Cli.Demo;

/// <summary>The words of the demo: headings that stand out in a terminal, plain text in a pipe.</summary>
internal sealed class Story
{
    private int _step;

    internal void Heading(string text)
    {
        _step++;
        Console.Out.WriteLine();
        if (Console.IsOutputRedirected)
        {
            Console.Out.WriteLine($"{_step}. {text}");
        }
        else
        {
            AnsiConsole.MarkupLine($"[bold green]{_step}. {Markup.Escape(text)}[/]");
        }
    }

    internal static void Line(string text) => Console.Out.WriteLine("   " + text);
}
