namespace NeuralEdge.Benchmarks
{
    /// <summary>Where the program's lines go.</summary>
    /// <param name="line">A line, without its end.</param>
    public delegate void LineWriter(string line);
}
