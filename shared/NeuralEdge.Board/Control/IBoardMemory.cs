namespace NeuralEdge.Board.Control
{
    /// <summary>The board's memory.</summary>
    public interface IBoardMemory
    {
        /// <summary>Bytes of the managed heap that are free once what nobody uses is collected.</summary>
        int MeasureFree();
    }
}
