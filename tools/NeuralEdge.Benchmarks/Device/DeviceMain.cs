using System;
using NeuralEdge.Turbo;

namespace NeuralEdge.Benchmarks
{
    /// <summary>Start of the program on a board or the virtual device.</summary>
    public static class DeviceMain
    {
        /// <summary>Runs all benchmarks once.</summary>
        public static void Main()
        {
            DeviceProgram program = new DeviceProgram(Console.WriteLine, AssemblyLoader.Open(true));
            program.Run();
            program.RunLooks();
        }
    }
}
