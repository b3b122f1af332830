using System;
using System.Reflection;

namespace NeuralEdge.Turbo
{
    /// <summary>Gives the runtime an assembly that the board has written in its memory.</summary>
    public sealed class AssemblyLoader : ICodeLoader
    {
        /// <summary>The loader of a board with turbo, null for one without.</summary>
        public static ICodeLoader Open(bool turbo)
        {
            return turbo ? new AssemblyLoader() : null;
        }

        /// <inheritdoc/>
        public object Load(byte[] image)
        {
            // While it loads, the runtime allocates with pointers into the array in its hands: nothing may be moved then. Right
            // after a compaction there is nothing to move.
            nanoFramework.Runtime.Native.GC.Run(true);
            return Assembly.Load(image).GetType(CodePlan.ClassName).GetConstructor(new Type[0]).Invoke(new object[0]);
        }
    }
}
