// Node's modules and globals, for cells in a folder that has no declarations of its own. The packages lie beside.
/// <reference types="node" />
