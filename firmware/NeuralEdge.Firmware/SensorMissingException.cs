using System;

namespace NeuralEdge.Firmware
{
    /// <summary>A sensor does not answer at its address, or is another chip than the driver is for; its name says all there is.</summary>
    internal sealed class SensorMissingException : Exception
    {
    }
}
