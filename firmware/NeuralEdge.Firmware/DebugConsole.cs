using System;
using NeuralEdge.Board.Control;

namespace NeuralEdge.Firmware
{
    /// <summary>The debugger's output. System.Diagnostics.Debug would say nothing in a release build.</summary>
    internal sealed class DebugConsole : IBoardConsole
    {
        public void Print(string line)
        {
            Console.WriteLine(line);
        }
    }
}
