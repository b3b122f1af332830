namespace NeuralEdge.Cli.Monitoring;

/// <summary>A curve of one line of text: a block for each value, the higher the larger.</summary>
internal static class Sparkline
{
    private const string Blocks = "▁▂▃▄▅▆▇█";
    private const string Plain = "_.-~=+*#";

    /// <summary>The curve.</summary>
    /// <param name="values">Oldest first; not-a-number where there is none, which leaves a gap.</param>
    /// <param name="least">The value of the lowest block.</param>
    /// <param name="most">The value of the highest block, above <paramref name="least"/>.</param>
    /// <param name="isPlain">True for a terminal that shows ASCII alone.</param>
    internal static string Of(IEnumerable<double> values, double least, double most, bool isPlain) =>
        string.Concat(values.Select(value => At(value, least, most, isPlain)));

    /// <summary>The block of one value; those outside the scale are at its ends.</summary>
    internal static char At(double value, double least, double most, bool isPlain)
    {
        string blocks = isPlain ? Plain : Blocks;
        return double.IsNaN(value) ? ' ' : blocks[Math.Clamp((int)((value - least) / (most - least) * blocks.Length), 0, blocks.Length - 1)];
    }

    /// <summary>When a pin was on: a full block while it was, a light one while it was not, a gap where nobody knows.</summary>
    internal static string Of(IEnumerable<bool?> states, bool isPlain) =>
        string.Concat(states.Select(state => state switch { true => isPlain ? '#' : '█', false => isPlain ? '.' : '░', null => ' ' }));
}
