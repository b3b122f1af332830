using System.Diagnostics;
using NeuralEdge.Board.Control;

namespace NeuralEdge.Firmware
{
    /// <summary>The debugger's output.</summary>
    internal sealed class DebugConsole : IBoardConsole
    {
        public void Print(string line)
        {
            Debug.WriteLine(line);
        }
    }
}
