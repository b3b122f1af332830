namespace NeuralEdge.Board.Control
{
    /// <summary>The digital outputs.</summary>
    public interface IOutputPins
    {
        /// <summary>Drives a pin; the first call for a pin makes it an output.</summary>
        /// <param name="pin">GPIO number.</param>
        /// <param name="high">True for the high level, false for the low level.</param>
        void Write(int pin, bool high);
    }
}
