namespace NeuralEdge.Benchmarks
{
    /// <summary>The method of an exported network.</summary>
    /// <param name="inputs">Raw inputs.</param>
    /// <param name="outputs">Where the raw outputs go.</param>
    public delegate void ExportedForward(int[] inputs, int[] outputs);
}
