using nanoFramework.Runtime.Native;
using NeuralEdge.Board.Control;

namespace NeuralEdge.Firmware
{
    /// <summary>Restarts the chip.</summary>
    internal sealed class Esp32Reset : IBoardReset
    {
        public void Reset()
        {
            Power.RebootDevice(RebootOption.NormalReboot);
        }
    }
}
