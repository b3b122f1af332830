namespace NeuralEdge.Turbo
{
    /// <summary>The instructions of compiled code, by the numbers of the common intermediate language.</summary>
    internal static class Opcode
    {
        /// <summary>Pushes argument 0..3: add its number.</summary>
        internal const int LoadArgument0 = 0x02;

        /// <summary>Pops into an argument; one byte follows.</summary>
        internal const int StoreArgument = 0x10;

        /// <summary>Pushes local 0..3: add its number.</summary>
        internal const int LoadLocal0 = 0x06;

        /// <summary>Pushes a local; one byte follows.</summary>
        internal const int LoadLocal = 0x11;

        /// <summary>Pops into local 0..3: add its number.</summary>
        internal const int StoreLocal0 = 0x0A;

        /// <summary>Pops into a local; one byte follows.</summary>
        internal const int StoreLocal = 0x13;

        /// <summary>Pushes an int of 0..8: add it.</summary>
        internal const int LoadInt0 = 0x16;

        /// <summary>Pushes an int; a signed byte follows.</summary>
        internal const int LoadIntByte = 0x1F;

        /// <summary>Pushes an int; four bytes follow.</summary>
        internal const int LoadInt = 0x20;

        /// <summary>Pushes a long; eight bytes follow.</summary>
        internal const int LoadLong = 0x21;

        /// <summary>Pushes the top again.</summary>
        internal const int Duplicate = 0x25;

        /// <summary>Ends the method.</summary>
        internal const int Return = 0x2A;

        /// <summary>Sum of the two on top, modulo 2^32 or 2^64.</summary>
        internal const int Add = 0x58;

        /// <summary>Difference.</summary>
        internal const int Subtract = 0x59;

        /// <summary>Product.</summary>
        internal const int Multiply = 0x5A;

        /// <summary>Bitwise and.</summary>
        internal const int And = 0x5F;

        /// <summary>Bitwise exclusive or.</summary>
        internal const int Xor = 0x61;

        /// <summary>Arithmetic shift to the right.</summary>
        internal const int ShiftRight = 0x63;

        /// <summary>Logical shift to the right.</summary>
        internal const int ShiftRightUnsigned = 0x64;

        /// <summary>An int as a long.</summary>
        internal const int ConvertToLong = 0x6A;

        /// <summary>Pops an object, pushes what a field of it holds; two bytes follow, a number of a reference to a field.</summary>
        internal const int LoadField = 0x7B;

        /// <summary>Pops an index and an array of arrays, pushes the element.</summary>
        internal const int LoadArrayElement = 0x9A;

        /// <summary>Pops an index and an int[], pushes the element.</summary>
        internal const int LoadIntElement = 0x94;

        /// <summary>Pops an index and a long[], pushes the element.</summary>
        internal const int LoadLongElement = 0x96;

        /// <summary>Pops a value, an index and an int[], stores the value's lower 32 bits.</summary>
        internal const int StoreIntElement = 0x9E;
    }
}
