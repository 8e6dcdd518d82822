/** The warehouse layer's resources for warehouse systems and operators. A WMS sees and moves what its token names. */
package org.tierstock.warehouse.adapter.in.rest;
