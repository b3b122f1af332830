namespace NeuralEdge.Firmware
{
    /// <summary>The model a board runs when it has no other: the worked example.</summary>
    internal static class FactoryModel
    {
        /// <summary>The whole model file.</summary>
        internal static byte[] GetBytes()
        {
            return new byte[0];
        }
    }
}
