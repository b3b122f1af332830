using System;
using NeuralEdge.Models;

namespace NeuralEdge.Turbo
{
    /// <summary>
    /// Writes what is around the code: an assembly as nanoFramework keeps it in memory, with one class, whose base is
    /// <see cref="CompiledPass"/>.
    /// </summary>
    /// <remarks>
    /// A header of 124 bytes, then tables, each at a multiple of 4: what the class refers to, the class, its two methods, names,
    /// signatures, code. Two checksums cover all of it; the platform looks at them when it loads the image and never again. It
    /// checks nothing else, so that what is written here has to be right.
    /// </remarks>
    internal static class ImageHead
    {
        /// <summary>Bytes of the header, which the first checksum covers.</summary>
        internal const int HeaderLength = 124;

        /// <summary>Where the header holds the checksum of itself, taken with zeros there.</summary>
        internal const int HeaderCheckOffset = 8;

        /// <summary>Where the header holds the checksum of all behind it.</summary>
        internal const int BodyCheckOffset = 12;

        /// <summary>Number of the reference to <see cref="CompiledPass.Inputs"/>.</summary>
        internal const int InputsField = 0;

        /// <summary>Number of the reference to <see cref="CompiledPass.FirstTable"/>.</summary>
        internal const int FirstTableField = 1;

        /// <summary>Number of the reference to <see cref="CompiledPass.OtherTables"/>.</summary>
        internal const int OtherTablesField = 2;

        /// <summary>Number of the reference to <see cref="CompiledPass.Outputs"/>.</summary>
        internal const int OutputsField = 3;

        /// <summary>Bytes of code behind the network's: a constructor that does nothing.</summary>
        internal const int ConstructorLength = 1;

        // In this order. In the image a zero ends each; a string of this platform ends at its first zero.
        private const char Separator = ' ';
        private const string Names = CodePlan.ClassName + " Forward .ctor CompiledPass NeuralEdge.Turbo Inputs FirstTable OtherTables Outputs NeuralEdge.Turbo NeuralEdge.Compiled ";
        private const int ForwardName = 1;
        private const int ConstructorName = 2;
        private const int BaseName = 3;
        private const int BaseNamespace = 4;
        private const int FirstFieldName = 5;
        private const int CoreName = 9;
        private const int AssemblyName = 10;
        private const int NameCount = 11;

        private const int AssemblyRefLength = 12;
        private const int TypeRefLength = 8;
        private const int FieldRefLength = 8;
        private const int FieldCount = 4;
        private const int TypeLength = 24;
        private const int MethodLength = 16;
        private const int TypeRefAt = HeaderLength + AssemblyRefLength;
        private const int FieldRefAt = TypeRefAt + TypeRefLength;
        private const int TypeAt = FieldRefAt + (FieldCount * FieldRefLength);
        private const int MethodAt = TypeAt + TypeLength;
        private const int NamesAt = MethodAt + (2 * MethodLength);

        // Class: public, sealed. Methods: public, virtual or a constructor.
        private const int TypeFlags = 0x1081;
        private const int ForwardFlags = 0xC6;
        private const int ConstructorFlags = 0x1486;
        private const int Reference = 0x8000;
        private const int Nothing = 0xFFFF;
        private const byte ClassKind = 0x11;

        private const byte Instance = 0x20;
        private const byte Field = 0x06;
        private const byte ArrayOf = 0x13;
        private const byte Int = 7;
        private const byte Long = 10;
        private const int MethodSignature = 0;
        private const int LongsSignature = 3;
        private const int TablesSignature = 6;
        private const int IntsSignature = 10;
        private const int LocalsSignature = 13;

        private const int AssemblyRefs = 0;
        private const int TypeRefs = 1;
        private const int FieldRefs = 2;
        private const int Types = 4;
        private const int Methods = 6;
        private const int Strings = 11;
        private const int Signatures = 12;
        private const int Code = 13;
        private const int End = 15;

        private const int NoPatchOffset = 24;
        private const int VersionOffset = 28;
        private const int NameOffset = 36;
        private const int FormatOffset = 38;
        private const int TablesOffset = 40;
        private const int PaddingOffset = 108;

        /// <summary>Bytes in front of the code.</summary>
        /// <param name="plan">The plan of the code.</param>
        internal static int GetLength(CodePlan plan)
        {
            return SignaturesAt() + Padded(SignaturesLength(plan));
        }

        /// <summary>Writes all but the network's code and the checksums.</summary>
        /// <param name="image">An array of zeros, as long as the plan says.</param>
        /// <param name="plan">The plan of the code.</param>
        /// <param name="core">Version of the assembly that this class is in, as the platform has it.</param>
        internal static void Write(byte[] image, CodePlan plan, Version core)
        {
            int code = GetLength(plan);
            int codeLength = plan.CodeBytes + ConstructorLength;
            int[] names = WriteNames(image);
            WriteText(image, 0, "NFMRK1");
            LittleEndian.WriteInt32(image, NoPatchOffset, -1);
            LittleEndian.WriteUInt16(image, VersionOffset, 1);
            LittleEndian.WriteUInt16(image, NameOffset, names[AssemblyName]);
            LittleEndian.WriteUInt16(image, FormatOffset, 1);
            for (int t = 0; t <= End; t++)
            {
                int start = t == AssemblyRefs ? HeaderLength
                    : t == TypeRefs ? TypeRefAt
                    : t == FieldRefs ? FieldRefAt
                    : t <= Types ? TypeAt
                    : t <= Methods ? MethodAt
                    : t <= Strings ? NamesAt
                    : t == Signatures ? SignaturesAt()
                    : t == Code ? code
                    : image.Length;
                LittleEndian.WriteInt32(image, TablesOffset + (4 * t), start);
            }

            image[PaddingOffset + Strings] = (byte)(SignaturesAt() - NamesAt - NamesLength());
            image[PaddingOffset + Signatures] = (byte)(code - SignaturesAt() - SignaturesLength(plan));
            image[PaddingOffset + Code] = (byte)(image.Length - code - codeLength);

            WriteReferences(image, names, core);
            WriteClass(image, names);
            WriteMethods(image, names, plan);
            WriteSignatures(image, SignaturesAt(), plan);
            image[code + plan.CodeBytes] = Opcode.Return;
        }

        private static void WriteReferences(byte[] image, int[] names, Version core)
        {
            LittleEndian.WriteUInt16(image, HeaderLength, names[CoreName]);
            LittleEndian.WriteUInt16(image, HeaderLength + 4, core.Major);
            LittleEndian.WriteUInt16(image, HeaderLength + 6, core.Minor);
            LittleEndian.WriteUInt16(image, HeaderLength + 8, core.Build);
            LittleEndian.WriteUInt16(image, HeaderLength + 10, core.Revision);
            LittleEndian.WriteUInt16(image, TypeRefAt, names[BaseName]);
            LittleEndian.WriteUInt16(image, TypeRefAt + 2, names[BaseNamespace]);
            for (int f = 0; f < FieldCount; f++)
            {
                int at = FieldRefAt + (f * FieldRefLength);
                int signature = f == FirstTableField ? LongsSignature
                    : f == OtherTablesField ? TablesSignature
                    : IntsSignature;
                LittleEndian.WriteUInt16(image, at, names[FirstFieldName + f]);
                LittleEndian.WriteUInt16(image, at + 4, signature);
            }
        }

        // One virtual method and one of the instance, no fields, no interfaces, in no other class.
        private static void WriteClass(byte[] image, int[] names)
        {
            LittleEndian.WriteUInt16(image, TypeAt, names[0]);
            LittleEndian.WriteUInt16(image, TypeAt + 4, Reference);
            LittleEndian.WriteUInt16(image, TypeAt + 6, Nothing);
            LittleEndian.WriteUInt16(image, TypeAt + 8, Nothing);
            image[TypeAt + 12] = 1;
            image[TypeAt + 13] = 1;
            image[TypeAt + 15] = ClassKind;
            LittleEndian.WriteUInt16(image, TypeAt + 22, TypeFlags);
        }

        private static void WriteMethods(byte[] image, int[] names, CodePlan plan)
        {
            LittleEndian.WriteUInt16(image, MethodAt, names[ForwardName]);
            LittleEndian.WriteInt32(image, MethodAt + 4, ForwardFlags);
            image[MethodAt + 9] = 1;
            image[MethodAt + 10] = (byte)plan.Locals;
            image[MethodAt + 11] = CodePlan.StackDepth;
            LittleEndian.WriteUInt16(image, MethodAt + 12, LocalsSignature);
            LittleEndian.WriteUInt16(image, MethodAt + 14, MethodSignature);

            const int Constructor = MethodAt + MethodLength;
            LittleEndian.WriteUInt16(image, Constructor, names[ConstructorName]);
            LittleEndian.WriteUInt16(image, Constructor + 2, plan.CodeBytes);
            LittleEndian.WriteInt32(image, Constructor + 4, ConstructorFlags);
            image[Constructor + 9] = 1;
            LittleEndian.WriteUInt16(image, Constructor + 12, Nothing);
            LittleEndian.WriteUInt16(image, Constructor + 14, MethodSignature);
        }

        private static void WriteSignatures(byte[] image, int at, CodePlan plan)
        {
            // Both methods: of an instance, no parameters, no result.
            image[at + MethodSignature] = Instance;

            // long[], long[][], int[].
            image[at + LongsSignature] = Field;
            image[at + LongsSignature + 1] = ArrayOf;
            image[at + LongsSignature + 2] = Long;
            image[at + TablesSignature] = Field;
            image[at + TablesSignature + 1] = ArrayOf;
            image[at + TablesSignature + 2] = ArrayOf;
            image[at + TablesSignature + 3] = Long;
            image[at + IntsSignature] = Field;
            image[at + IntsSignature + 1] = ArrayOf;
            image[at + IntsSignature + 2] = Int;

            at += LocalsSignature;
            for (int i = 0; i < plan.Locals; i++)
            {
                if (i >= plan.NumberLocals)
                {
                    image[at++] = ArrayOf;
                }

                image[at++] = i == plan.ValuesLocal ? Int : Long;
            }
        }

        private static void WriteText(byte[] image, int at, string text)
        {
            for (int i = 0; i < text.Length; i++)
            {
                image[at + i] = (byte)text[i];
            }
        }

        /// <summary>Writes the table of names, which begins with an empty one.</summary>
        /// <returns>Where each of the others is in it.</returns>
        private static int[] WriteNames(byte[] image)
        {
            string text = Names;
            int[] names = new int[NameCount];
            int count = 0;
            int start = 1;
            for (int i = 0; i < text.Length; i++)
            {
                char letter = text[i];
                if (letter == Separator)
                {
                    names[count++] = start;
                    start = i + 2;
                }
                else
                {
                    image[NamesAt + 1 + i] = (byte)letter;
                }
            }

            return names;
        }

        private static int NamesLength()
        {
            return Names.Length + 1;
        }

        private static int SignaturesAt()
        {
            return NamesAt + Padded(NamesLength());
        }

        private static int SignaturesLength(CodePlan plan)
        {
            return LocalsSignature + plan.Locals + (plan.Locals - plan.NumberLocals);
        }

        private static int Padded(int length)
        {
            return (length + 3) & ~3;
        }
    }
}
